package io.orderly.coordinator.server;

import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.node.StateMachine;
import io.orderly.coordinator.store.Bytes;
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
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.io.InputStream;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The applied state machine of a node, and the requests that clients make of it.
 *
 * <p>Its owner passes it to the {@link io.orderly.coordinator.node.Node} as the state machine, calls {@link #tick} about every ten
 * milliseconds and {@link #stepped} after each step of the replica. One thread at a time.
 */
public final class CoordinatorServer implements StateMachine<StoreResponse> {

    private final ReplicaAccess replica;
    private final Store store;
    private final StoreMachine machine;
    private final LeaseService leases;
    private final TimestampService timestamps;
    private final WatchService watches;
    private final StateComparison comparison = new StateComparison();

    /**
     * @param wallMillis the wall clock of this node, for timestamps
     * @param observer called with what the store applies, before the services; for metrics and checks
     */
    public CoordinatorServer(
            ReplicaAccess replica, LongSupplier wallMillis, ServerSettings settings, StoreListener observer) {
        this.replica = replica;
        leases = new LeaseService(replica, settings.leases());
        var listeners = new Listeners();
        store = new Store(listeners, settings.initialLimits());
        machine = new StoreMachine(store);
        watches = new WatchService(store::now, settings.watches());
        timestamps =
                new TimestampService(replica, wallMillis, () -> store.now().timestampBound(), settings.timestamps());
        listeners.all = List.of(observer, leases.storeListener(), watches.storeListener());
    }

    // requests

    /** Executes a command. */
    public void execute(StoreCommand command, Consumer<Reply<StoreResponse>> listener) {
        replica.propose(
                CommandCodec.encode(command),
                Origin.CLIENT,
                (outcome, response) -> listener.accept(
                        outcome instanceof ReplicaOutcome.Applied && response != null
                                ? new Reply.Completed<>(response)
                                : Reply.withoutResult(outcome)));
    }

    /** Reads linearizably, without an entry in the log. */
    public void read(Operation.Range range, Consumer<Reply<StoreResponse>> listener) {
        replica.read(
                Origin.CLIENT,
                (outcome, _) -> listener.accept(
                        outcome instanceof ReplicaOutcome.Readable
                                ? new Reply.Completed<>(store.now().range(range))
                                : Reply.withoutResult(outcome)));
    }

    /** @param listener receives the full time to live that the lease has again, in milliseconds; empty if it does not exist */
    public void keepAlive(long lease, Consumer<Reply<OptionalLong>> listener) {
        leases.keepAlive(lease, listener);
    }

    /**
     * @param listener receives the remaining milliseconds of the lease; empty if it does not exist. Its full time is in the
     *     {@link #state}
     */
    public void timeToLive(long lease, Consumer<Reply<OptionalLong>> listener) {
        replica.read(
                Origin.CLIENT,
                (outcome, _) -> listener.accept(
                        outcome instanceof ReplicaOutcome.Readable
                                ? new Reply.Completed<>(remainingMillis(lease))
                                : Reply.withoutResult(outcome)));
    }

    /** A leader whose clock has not taken over yet gives each lease its replicated remaining time, counted from the take-over. */
    private OptionalLong remainingMillis(long lease) {
        return store.now()
                .lease(lease)
                .map(replicated -> OptionalLong.of(leases.remainingMillis(lease).orElse(replicated.remainingMillis())))
                .orElseGet(OptionalLong::empty);
    }

    public void timestamps(int count, Consumer<Reply<TimestampRange>> listener) {
        timestamps.request(count, listener);
    }

    /**
     * @param room how many responses the listener can take
     * @return empty if too many watches are open
     */
    public Optional<WatchStream> watch(WatchRequest request, int room, Consumer<WatchResponse> listener) {
        return watches.open(request, room, listener);
    }

    // the replicated state

    /** The current state, for the thread that applies. */
    public StoreView state() {
        return store.now();
    }

    /** An immutable view of the current state, for any thread. */
    public StoreView view() {
        return store.view();
    }

    /**
     * Reads the current state, if that is little work.
     *
     * @param maxSteps about 50 nanoseconds each
     * @return empty if it would take more
     */
    public Optional<StoreResponse> readWithin(Operation.Range range, long maxSteps) {
        return store.readWithin(range, maxSteps);
    }

    /**
     * Executes a transaction that {@linkplain StoreCommand.Txn#onlyReads() only reads} on the current state, if that is little work.
     *
     * @param maxSteps about 50 nanoseconds each
     * @return empty if it would take more
     */
    public Optional<StoreResponse> readWithin(StoreCommand.Txn txn, long maxSteps) {
        return store.readWithin(txn, maxSteps);
    }

    /** The keys that are attached to a lease now, in order; none if there is no such lease. */
    public List<Bytes> keysOf(long lease) {
        return store.keysOf(lease);
    }

    /** The hash of a recent state, to be told to the other nodes at intervals. */
    public StateHash stateHash() {
        return comparison.next(replica.status().applied(), store.now()::hash);
    }

    /** Another node has told the hash of its state. */
    public void compare(NodeId from, StateHash told) {
        comparison.told(from, told, replica.status().applied(), store.now()::hash);
    }

    /** Comparisons with nodes that are no members any more do not count. */
    public void compareWith(Collection<NodeId> members) {
        comparison.retain(members);
    }

    /**
     * The nodes whose state differs from that of a majority, perhaps this one; without a majority all that differ. Empty if all
     * comparisons found equal states.
     */
    public Set<NodeId> differing() {
        return comparison.differing(replica.status().node());
    }

    /** How many watches of this node are open. */
    public int watches() {
        return watches.size();
    }

    /** How many hashes of other nodes were compared. */
    public long comparisons() {
        return comparison.comparisons();
    }

    @Override
    public StoreResponse apply(Entry entry) {
        StoreResponse response = machine.apply(entry);
        comparison.applied(entry.slot(), store.now()::hash);
        return response;
    }

    @Override
    public long steps() {
        return machine.steps();
    }

    @Override
    public Iterator<byte[]> snapshot() {
        return machine.snapshot();
    }

    @Override
    public Restoration restoration(InputStream snapshot) {
        Restoration restoration = machine.restoration(snapshot);
        return () -> {
            boolean isInPlace = restoration.step();
            if (isInPlace) {
                comparison.restored();
            }
            return isInPlace;
        };
    }

    // time and roles

    /** Time has passed. */
    public void tick() {
        leases.tick();
        watches.tick(replica.nowNanos());
    }

    /** The replica took a step: entries may have been applied, and its role may have changed. */
    public void stepped() {
        leases.stepped();
        watches.deliver();
    }

    /** Passes on what the store applies, in a fixed order. */
    private static final class Listeners implements StoreListener {

        private List<StoreListener> all = List.of();

        @Override
        public void revised(Revision revision) {
            all.forEach(one -> one.revised(revision));
        }

        @Override
        public void compacted(long revision) {
            all.forEach(one -> one.compacted(revision));
        }

        @Override
        public void leasePromised(Lease lease) {
            all.forEach(one -> one.leasePromised(lease));
        }

        @Override
        public void leaseEnded(long id) {
            all.forEach(one -> one.leaseEnded(id));
        }

        @Override
        public void clockTookOver(Ballot clock, StoreView state) {
            all.forEach(one -> one.clockTookOver(clock, state));
        }

        @Override
        public void restored(StoreView state) {
            all.forEach(one -> one.restored(state));
        }
    }
}
