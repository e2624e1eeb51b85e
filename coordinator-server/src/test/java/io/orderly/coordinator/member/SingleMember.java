package io.orderly.coordinator.member;

import io.orderly.clock.HybridClock;
import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Origin;
import io.orderly.coordinator.consensus.Payload;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.node.OutcomeListener;
import io.orderly.coordinator.server.CoordinatorServer;
import io.orderly.coordinator.server.ReplicaAccess;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.server.ServerSettings;
import io.orderly.coordinator.server.WatchStream;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreView;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of one member in memory, for tests of users of {@link Coordinator}: the real {@link CoordinatorServer}, on one thread, over a
 * log that decides at once and fails only if a test requests it.
 */
public final class SingleMember implements Coordinator, AutoCloseable {

    private static final NodeId SELF = new NodeId(1);

    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("member").factory());
    private final TreeMap<NodeId, Member> members = new TreeMap<>();
    private final Deque<Runnable> pending = new ArrayDeque<>();
    private final AtomicInteger watches = new AtomicInteger();
    private final AtomicInteger watchResponses = new AtomicInteger();
    private final CoordinatorServer server;
    private final HybridClock clock =
            new HybridClock(InstantSource.system(), Duration.ofSeconds(5), HybridTimestamp.MIN);
    private int highestId = SELF.value();
    private boolean isHeld;
    private @Nullable ReplicaOutcome outcome;
    private @Nullable Reply<?> memberReply;
    private volatile @Nullable NodeId leader = SELF;
    private volatile long slot;
    private volatile long revision = 1;
    private volatile long term = 1;
    private volatile Set<NodeId> differing = Set.of();
    private volatile boolean isDiskLow;
    private volatile AuthState auth;

    public SingleMember() {
        this(ServerSettings.DEFAULTS);
    }

    public SingleMember(ServerSettings settings) {
        server = new CoordinatorServer(new Log(), System::currentTimeMillis, settings, new StoreListener() {});
        auth = server.state().auth();
        members.put(
                SELF,
                new Member(
                        SELF,
                        "coordinator-1",
                        List.of("http://127.0.0.1:2380"),
                        List.of("http://127.0.0.1:2379"),
                        false));
        loop.scheduleAtFixedRate(() -> turn(server::tick), 0, 10, TimeUnit.MILLISECONDS);
    }

    // controls for tests

    /** From now on the member knows no leader, and refuses requests that require one. */
    public void loseLeader() {
        leader = null;
    }

    /** From now on the member leads, under a higher ballot. */
    public void elect() {
        term++;
        leader = SELF;
    }

    /** The states of these members are found to differ. */
    public void differ(NodeId... members) {
        differing = Set.of(members);
    }

    /** The disk is nearly full, or not any more. */
    public void fillDisk(boolean isFull) {
        isDiskLow = isFull;
    }

    /** All requests to the log have this outcome instead of being executed; null executes them again. */
    public void answerWith(@Nullable ReplicaOutcome instead) {
        onLoop(() -> outcome = instead);
    }

    /** All changes of the membership, and transfers, have this reply; null executes them again. */
    public void answerMembershipWith(@Nullable Reply<?> instead) {
        onLoop(() -> memberReply = instead);
    }

    /** Requests to the log wait from now on, until {@link #release}. */
    public void hold() {
        onLoop(() -> isHeld = true);
    }

    /** The number of requests that wait for {@link #release}. */
    public int held() {
        return onLoop(pending::size).join();
    }

    public void release() {
        onLoop(() -> isHeld = false);
    }

    /** A member that was added has started for the first time. */
    public void firstStart(NodeId id) {
        onLoop(() -> {
            synchronized (members) {
                members.computeIfPresent(
                        id,
                        (_, added) -> new Member(
                                id,
                                "coordinator-" + id.value(),
                                added.peerUrls(),
                                List.of("http://127.0.0.1:2979"),
                                added.isLearner()));
            }
        });
    }

    @Override
    public int watches() {
        return watches.get();
    }

    /** The number of responses passed to listeners of watches so far. */
    public int watchResponses() {
        return watchResponses.get();
    }

    // Coordinator

    @Override
    public long clusterId() {
        return 0xC1A5_7E2D;
    }

    @Override
    public NodeId self() {
        return SELF;
    }

    @Override
    public HybridClock clock() {
        return clock;
    }

    @Override
    public Status status() {
        NodeId known = leader;
        var ballot = new Ballot(term, SELF.value());
        return new Status(
                SELF,
                known == null ? Status.Role.FOLLOWER : Status.Role.LEADER,
                ballot,
                known == null ? Ballot.ZERO : ballot,
                known,
                slot,
                slot,
                slot,
                0,
                Membership.of(SELF.value()),
                List.of(),
                0);
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public AuthState auth() {
        return auth;
    }

    @Override
    public List<Member> members() {
        synchronized (members) {
            return List.copyOf(members.values());
        }
    }

    @Override
    public Set<NodeId> differing() {
        return differing;
    }

    @Override
    public boolean isDiskLow() {
        return isDiskLow;
    }

    @Override
    public CompletableFuture<Reply<StoreResponse>> execute(StoreCommand command) {
        if (command instanceof StoreCommand.Txn txn && txn.onlyReads()) {
            return onLoop(() -> new Reply.Completed<>(server.state().read(txn)));
        }
        return request(listener -> server.execute(command, listener));
    }

    @Override
    public CompletableFuture<Reply<StoreResponse>> read(Operation.Range range) {
        return request(listener -> server.read(range, listener));
    }

    @Override
    public CompletableFuture<Reply<StoreResponse>> readLocally(Operation.Range range) {
        return onLoop(() -> new Reply.Completed<>(server.state().range(range)));
    }

    @Override
    public CompletableFuture<Reply<StoreView>> view() {
        return this.<OptionalLong>request(listener -> server.timeToLive(0, listener))
                .thenApply(reply -> map(reply, _ -> server.view()));
    }

    @Override
    public CompletableFuture<Reply<StoreView>> localView() {
        return onLoop(() -> new Reply.Completed<>(server.view()));
    }

    @Override
    public CompletableFuture<Reply<OptionalLong>> keepAlive(long lease) {
        return request(listener -> server.keepAlive(lease, listener));
    }

    @Override
    public CompletableFuture<Reply<Optional<TimeToLive>>> timeToLive(long lease, boolean withKeys) {
        return this.<OptionalLong>request(listener -> server.timeToLive(lease, listener))
                .thenApply(reply -> map(
                        reply,
                        remaining -> remaining.isEmpty()
                                ? Optional.<TimeToLive>empty()
                                : Optional.of(new TimeToLive(
                                        remaining.getAsLong(),
                                        ttlMillis(lease),
                                        withKeys ? server.keysOf(lease) : List.of()))));
    }

    @Override
    public CompletableFuture<Reply<TimestampRange>> timestamps(int count) {
        return request(listener -> server.timestamps(count, listener));
    }

    @Override
    public CompletableFuture<Optional<WatchHandle>> watch(
            WatchRequest request, int room, Consumer<WatchResponse> listener) {
        Consumer<WatchResponse> counting = response -> {
            watchResponses.incrementAndGet();
            listener.accept(response);
        };
        return onLoop(() -> server.watch(request, room, counting).map(stream -> {
            watches.incrementAndGet();
            return new Handle(stream);
        }));
    }

    @Override
    public CompletableFuture<Reply<Member>> addMember(List<String> peerUrls, boolean isVoter) {
        return change(() -> {
            var added = new Member(new NodeId(++highestId), "", peerUrls, List.of(), true);
            members.put(added.id(), added);
            return added;
        });
    }

    @Override
    public CompletableFuture<Reply<Member>> updateMember(NodeId id, List<String> peerUrls) {
        return change(() -> members.computeIfPresent(
                id, (_, old) -> new Member(id, old.name(), peerUrls, old.clientUrls(), old.isLearner())));
    }

    @Override
    public CompletableFuture<Reply<Member>> promoteMember(NodeId id) {
        boolean hasNeverStarted = members().stream()
                .anyMatch(member -> member.id().equals(id)
                        && member.isLearner()
                        && member.name().isEmpty());
        return hasNeverStarted
                ? CompletableFuture.completedFuture(new Reply.Refused<>(new Refusal.NotCaughtUp(id, slot)))
                : change(() -> members.computeIfPresent(
                        id, (_, old) -> new Member(id, old.name(), old.peerUrls(), old.clientUrls(), false)));
    }

    @Override
    public CompletableFuture<Reply<NodeId>> removeMember(NodeId id) {
        return change(() -> members.remove(id) == null ? null : id);
    }

    @Override
    public CompletableFuture<Reply<NodeId>> transferLeadership(NodeId target) {
        return change(() -> target);
    }

    @Override
    public void close() {
        loop.shutdownNow();
    }

    // the loop

    private <R> CompletableFuture<Reply<R>> request(Consumer<Consumer<Reply<R>>> call) {
        var reply = new CompletableFuture<Reply<R>>();
        loop.execute(() -> turn(() -> call.accept(reply::complete)));
        return reply;
    }

    private <R> CompletableFuture<R> onLoop(Supplier<R> call) {
        var result = new CompletableFuture<R>();
        loop.execute(() -> turn(() -> result.complete(call.get())));
        return result;
    }

    private void onLoop(Runnable call) {
        onLoop(() -> {
                    call.run();
                    return true;
                })
                .join();
    }

    @SuppressWarnings("unchecked")
    private <R> CompletableFuture<Reply<R>> change(Supplier<@Nullable R> call) {
        return onLoop(() -> {
            if (memberReply != null) {
                return (Reply<R>) memberReply;
            }
            synchronized (members) {
                R result = call.get();
                return result == null
                        ? new Reply.Refused<R>(new Refusal.Invalid("there is no such member"))
                        : new Reply.Completed<>(result);
            }
        });
    }

    /** A failure of a listener ends only its turn, as in a member. */
    private void turn(Runnable call) {
        try {
            call.run();
            server.stepped();
            while (!isHeld && !pending.isEmpty()) {
                pending.remove().run();
                server.stepped();
            }
        } catch (RuntimeException e) {
            Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
        }
    }

    private long ttlMillis(long lease) {
        return server.state().lease(lease).orElseThrow().ttlMillis();
    }

    private static <A, B> Reply<B> map(Reply<A> reply, Function<A, B> mapping) {
        return switch (reply) {
            case Reply.Completed<A>(A result) -> new Reply.Completed<>(mapping.apply(result));
            case Reply.Refused<A>(Refusal refusal) -> new Reply.Refused<>(refusal);
            case Reply.RetryLater<A> later -> new Reply.RetryLater<>(later.delay());
            case Reply.Unknown<A> _ -> new Reply.Unknown<>();
        };
    }

    private final class Handle implements WatchHandle {

        private final WatchStream stream;

        Handle(WatchStream stream) {
            this.stream = stream;
        }

        @Override
        public void addRoom(int responses) {
            loop.execute(() -> turn(() -> stream.addRoom(responses)));
        }

        @Override
        public void requestProgress() {
            loop.execute(() -> turn(stream::requestProgress));
        }

        @Override
        public void close() {
            loop.execute(() -> turn(stream::close));
            watches.decrementAndGet();
        }
    }

    /** The log of a cluster of one. */
    private final class Log implements ReplicaAccess {

        @Override
        public Status status() {
            return SingleMember.this.status();
        }

        @Override
        public long nowNanos() {
            return System.nanoTime();
        }

        @Override
        public void propose(byte[] command, Origin origin, OutcomeListener<StoreResponse> listener) {
            pending.add(() -> {
                ReplicaOutcome instead = instead();
                if (instead != null) {
                    listener.completed(instead, null);
                } else {
                    Entry entry = new Entry(++slot, new Ballot(term, SELF.value()), new Payload.Command(command));
                    StoreResponse response = server.apply(entry);
                    revision = server.state().revision();
                    auth = server.state().auth();
                    listener.completed(new ReplicaOutcome.Applied(1, slot), response);
                }
            });
        }

        @Override
        public void read(Origin origin, OutcomeListener<StoreResponse> listener) {
            pending.add(() -> {
                ReplicaOutcome instead = instead();
                listener.completed(instead == null ? new ReplicaOutcome.Readable(1, slot) : instead, null);
            });
        }

        private @Nullable ReplicaOutcome instead() {
            return leader == null ? new ReplicaOutcome.NotApplied(1, new Refusal.NotLeader(null)) : outcome;
        }
    }
}
