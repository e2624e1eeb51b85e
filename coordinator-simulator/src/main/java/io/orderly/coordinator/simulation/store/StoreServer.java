package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.clock.OracleSettings;
import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.lease.LeaseClockSettings;
import io.orderly.coordinator.node.OutcomeListener;
import io.orderly.coordinator.server.CoordinatorServer;
import io.orderly.coordinator.server.ReplicaAccess;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.server.ServerSettings;
import io.orderly.coordinator.server.StateHash;
import io.orderly.coordinator.server.WatchStream;
import io.orderly.coordinator.simulation.workload.NodeAccess;
import io.orderly.coordinator.simulation.workload.WorkloadServer;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.Revision;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreLimits;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import io.orderly.coordinator.watch.WatchSettings;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The production server on one node; it records what each entry does, and how long commands take. */
final class StoreServer implements WorkloadServer {

    /** Small, so that batches, windows and buffers fill up, and checkpoints occur with short leases. */
    static final ServerSettings SETTINGS = new ServerSettings(
            StoreLimits.DEFAULTS,
            new LeaseClockSettings(Duration.ofMillis(200), Duration.ofMillis(500), 3, 16),
            new OracleSettings(Duration.ofMillis(400), Duration.ofSeconds(5), 10_000, 16),
            new WatchSettings(64, 3, 400, 5, 24, Duration.ofMillis(200)));

    private final NodeAccess node;
    private final StoreWorkload workload;
    private final CoordinatorServer server;

    /** The last entry applied, its response, and the revision that it made. */
    private @Nullable StoreCommand command;

    private StoreResponse response = new StoreResponse.Done(1);
    private @Nullable Revision revision;

    StoreServer(NodeAccess node, StoreWorkload workload, WallClocks clocks) {
        this.node = node;
        this.workload = workload;
        server =
                new CoordinatorServer(new Replica(node), () -> clocks.millis(node.id()), SETTINGS, new StoreListener() {
                    @Override
                    public void revised(Revision next) {
                        revision = next;
                    }
                });
    }

    /** @param node the replica; all its results are responses of the store */
    private record Replica(NodeAccess node) implements ReplicaAccess {

        @Override
        public Status status() {
            return node.status();
        }

        @Override
        public long nowNanos() {
            return node.nowNanos();
        }

        @Override
        public void propose(byte[] command, Origin origin, OutcomeListener<StoreResponse> listener) {
            node.propose(command, origin, (outcome, result) -> listener.completed(outcome, (StoreResponse) result));
        }

        @Override
        public void read(Origin origin, OutcomeListener<StoreResponse> listener) {
            node.read(origin, (outcome, _) -> listener.completed(outcome, null));
        }
    }

    // requests of clients

    void execute(StoreCommand requested, Consumer<Reply<StoreResponse>> listener) {
        long requestedMicros = workload.context().time().nowMicros();
        server.execute(requested, reply -> {
            if (reply instanceof Reply.Completed) {
                workload.leases().tookToDecide(workload.context().time().nowMicros() - requestedMicros);
            }
            listener.accept(reply);
        });
    }

    void read(Operation.Range range, Consumer<Reply<StoreResponse>> listener) {
        server.read(range, listener);
    }

    void keepAlive(long lease, Consumer<Reply<OptionalLong>> listener) {
        server.keepAlive(lease, listener);
    }

    void timestamps(int count, Consumer<Reply<TimestampRange>> listener) {
        server.timestamps(count, reply -> {
            node.trace(() -> "timestamps: " + reply);
            listener.accept(reply);
        });
    }

    Optional<WatchStream> watch(WatchRequest request, int room, Consumer<WatchResponse> listener) {
        return server.watch(request, room, listener);
    }

    // the replicated state

    @Override
    public Object apply(Entry entry) {
        revision = null;
        command = entry.payload() instanceof Payload.Command one ? CommandCodec.decode(one.bytes()) : null;
        response = server.apply(entry);
        node.trace(() -> "applies %d %s: %s".formatted(entry.slot(), command, response));
        return response;
    }

    @Override
    public void decided() {
        if (command != null) {
            workload.checker().decided(command, response, revision);
        }
    }

    @Override
    public Iterator<byte[]> snapshot() {
        return server.snapshot();
    }

    @Override
    public Restoration restoration(InputStream snapshot) {
        return server.restoration(snapshot);
    }

    @Override
    public long fingerprint() {
        return server.state().hash();
    }

    @Override
    public Optional<StateHash> stateHash() {
        return Optional.of(server.stateHash());
    }

    @Override
    public void compare(NodeId from, StateHash told) {
        server.compare(from, told);
    }

    @Override
    public Set<NodeId> differing() {
        return server.differing();
    }

    @Override
    public void tick() {
        server.tick();
    }

    @Override
    public void stepped() {
        server.stepped();
    }
}
