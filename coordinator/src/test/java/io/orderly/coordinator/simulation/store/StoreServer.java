package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.simulation.workload.NodeAccess;
import io.orderly.coordinator.simulation.workload.Reply;
import io.orderly.coordinator.simulation.workload.WorkloadServer;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.Lease;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.Revision;
import io.orderly.coordinator.store.Store;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreMachine;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreView;
import java.io.InputStream;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The production store on one node, and what serves clients from it. */
final class StoreServer implements WorkloadServer {

    private final NodeAccess core;
    private final StoreWorkload workload;
    private final CommandChecker checker;
    private final Store store;
    private final StoreMachine machine;
    private final WatchServer watches;
    private final OracleServer oracle;
    private final LeaseServer leases;

    /** What the last entry was, and did. */
    private @Nullable StoreCommand command;

    private StoreResponse answer = new StoreResponse.Done(1);
    private @Nullable Revision revision;

    StoreServer(NodeAccess core, StoreWorkload workload, WallClocks clocks) {
        this.core = core;
        this.workload = workload;
        checker = workload.checker();
        store = new Store(new Listener());
        machine = new StoreMachine(store);
        watches = new WatchServer(store::now);
        oracle = new OracleServer(
                core, () -> clocks.millis(core.id()), () -> store.now().timestampBound());
        leases = new LeaseServer(core);
    }

    // for clients

    void ask(StoreCommand asked, Consumer<Reply<StoreResponse>> listener) {
        long askedMicros = workload.world().time().nowMicros();
        core.propose(CommandCodec.encode(asked), Origin.CLIENT, (outcome, result) -> {
            if (outcome instanceof ReplicaOutcome.Applied) {
                workload.leases().tookToDecide(workload.world().time().nowMicros() - askedMicros);
                listener.accept(new Reply.Done<>((StoreResponse) result));
            } else {
                listener.accept(Reply.withoutResult(outcome));
            }
        });
    }

    /** A linearizable read that leaves no trace in the log. */
    void read(Operation.Range range, Consumer<Reply<StoreResponse>> listener) {
        core.read(
                Origin.CLIENT,
                (outcome, _) -> listener.accept(
                        outcome instanceof ReplicaOutcome.Readable
                                ? new Reply.Done<>(store.now().range(range))
                                : Reply.withoutResult(outcome)));
    }

    /** @param listener told whether the lease is there; it has its full time ahead then */
    void keepAlive(long lease, Consumer<Reply<Boolean>> listener) {
        leases.keepAlive(lease, listener);
    }

    void timestamps(int count, Consumer<Reply<TimestampRange>> listener) {
        oracle.ask(count, listener);
    }

    WatchServer watches() {
        return watches;
    }

    // the state

    @Override
    public Object apply(Entry entry) {
        revision = null;
        command = entry.payload() instanceof Payload.Command one ? CommandCodec.decode(one.bytes()) : null;
        answer = machine.apply(entry);
        core.trace(() -> "applies %d %s: %s".formatted(entry.slot(), command, answer));
        return answer;
    }

    @Override
    public void decided() {
        if (command != null) {
            checker.decided(command, answer, revision);
        }
    }

    @Override
    public Iterator<byte[]> snapshot() {
        return machine.snapshot();
    }

    @Override
    public Restoration restoration(InputStream snapshot) {
        return machine.restoration(snapshot);
    }

    @Override
    public long fingerprint() {
        return store.now().hash();
    }

    @Override
    public void tick() {
        leases.tick();
        watches.tick(core.nowNanos());
    }

    @Override
    public void stepped() {
        leases.stepped();
        watches.pump();
    }

    private final class Listener implements StoreListener {

        @Override
        public void revised(Revision next) {
            revision = next;
            watches.watches().revised(next);
        }

        @Override
        public void leasePromised(Lease lease) {
            leases.feed().leasePromised(lease);
        }

        @Override
        public void leaseEnded(long id) {
            leases.feed().leaseEnded(id);
        }

        @Override
        public void clockTookOver(Ballot clock, StoreView state) {
            leases.feed().clockTookOver(clock, state);
        }

        @Override
        public void restored(StoreView state) {
            leases.feed().restored(state);
            watches.watches().restored(state);
        }
    }
}
