package io.orderly.coordinator.member;

import io.orderly.clock.HybridClock;
import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.clock.OracleSettings;
import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.peer.ForwardedReply;
import io.orderly.coordinator.peer.ForwardedRequest;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreView;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The requests of clients, passed to the event loop of this member. */
final class ClusterMember implements Coordinator {

    private final MemberThreads threads;
    private final long clusterId;
    private final NodeId self;
    private final int maxCommandBytes;
    private final MembershipChanges memberships = new MembershipChanges(this);
    private final HybridClock clock;

    /**
     * @param maxCommandBytes a larger command is refused here, because other members could not decode it
     * @param wallClock for hybrid timestamps in headers
     */
    ClusterMember(long clusterId, NodeId self, int maxCommandBytes, InstantSource wallClock, MemberThreads threads) {
        this.clusterId = clusterId;
        this.self = self;
        this.maxCommandBytes = maxCommandBytes;
        this.threads = threads;
        clock = new HybridClock(wallClock, OracleSettings.DEFAULTS.maxDrift(), HybridTimestamp.MIN);
    }

    @Override
    public long clusterId() {
        return clusterId;
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public HybridClock clock() {
        return clock;
    }

    @Override
    public Status status() {
        return threads.status();
    }

    @Override
    public long revision() {
        return threads.revision();
    }

    @Override
    public int watches() {
        return threads.watches();
    }

    @Override
    public AuthState auth() {
        return threads.auth();
    }

    @Override
    public List<Member> members() {
        return threads.members();
    }

    @Override
    public Set<NodeId> differing() {
        return threads.differing();
    }

    @Override
    public boolean isDiskLow() {
        return threads.isDiskLow();
    }

    @Override
    public CompletableFuture<Reply<StoreResponse>> execute(StoreCommand command) {
        if (isCorrupt() && !isAboutMembers(command)) {
            return CompletableFuture.completedFuture(corrupt());
        }
        byte[] encoded = CommandCodec.encode(command);
        if (encoded.length > maxCommandBytes) {
            return CompletableFuture.completedFuture(
                    new Reply.Refused<>(new Refusal.TooLarge(encoded.length, maxCommandBytes)));
        }
        if (command instanceof StoreCommand.Txn txn && txn.onlyReads()) {
            return read(listener -> threads.read(txn, listener));
        }
        CompletableFuture<Reply<StoreResponse>> future = new CompletableFuture<>();
        threads.submit(
                new ForwardedRequest.Execute(encoded),
                reply -> {
                    if (reply instanceof ForwardedReply.Executed(long _, StoreResponse response)) {
                        threads.executed(response, future::complete);
                    } else {
                        future.complete(otherwise(reply));
                    }
                },
                future);
        return future;
    }

    private boolean isCorrupt() {
        return !threads.differing().isEmpty();
    }

    /** A member whose state differs can still be replaced. */
    private static boolean isAboutMembers(StoreCommand command) {
        return command instanceof StoreCommand.DescribeMember || command instanceof StoreCommand.ForgetMember;
    }

    @Override
    public CompletableFuture<Reply<StoreResponse>> read(Operation.Range range) {
        return read(listener -> threads.read(range, listener));
    }

    /** @param reader reads the state on the event loop, or takes a view there */
    private CompletableFuture<Reply<StoreResponse>> read(Consumer<Consumer<Reply<StoreResponse>>> reader) {
        if (isCorrupt()) {
            return CompletableFuture.completedFuture(corrupt());
        }
        CompletableFuture<Reply<StoreResponse>> future = new CompletableFuture<>();
        threads.submit(
                new ForwardedRequest.ReadBarrier(),
                reply -> {
                    if (reply instanceof ForwardedReply.ReadableAt) {
                        reader.accept(future::complete);
                    } else {
                        future.complete(otherwise(reply));
                    }
                },
                future);
        return future;
    }

    @Override
    public CompletableFuture<Reply<StoreResponse>> readLocally(Operation.Range range) {
        if (isCorrupt()) {
            return CompletableFuture.completedFuture(corrupt());
        }
        CompletableFuture<Reply<StoreResponse>> future = new CompletableFuture<>();
        threads.call(() -> threads.read(range, future::complete), () -> future.complete(overloaded()), future);
        return future;
    }

    @Override
    public CompletableFuture<Reply<StoreView>> view() {
        return readState(threads::view);
    }

    @Override
    public CompletableFuture<Reply<StoreView>> localView() {
        CompletableFuture<Reply<StoreView>> future = new CompletableFuture<>();
        threads.call(
                () -> future.complete(new Reply.Completed<>(threads.view())),
                () -> future.complete(overloaded()),
                future);
        return future;
    }

    @Override
    public CompletableFuture<Reply<OptionalLong>> keepAlive(long lease) {
        return ask(new ForwardedRequest.KeepAlive(lease), reply -> switch (reply) {
            case ForwardedReply.KeptAlive(long ttlMillis) -> new Reply.Completed<>(OptionalLong.of(ttlMillis));
            case ForwardedReply.NoSuchLease() -> new Reply.Completed<>(OptionalLong.empty());
            default -> otherwise(reply);
        });
    }

    @Override
    public CompletableFuture<Reply<Optional<TimeToLive>>> timeToLive(long lease, boolean withKeys) {
        CompletableFuture<Reply<Optional<TimeToLive>>> time = timeToLive(lease);
        // the leader returns the time, and this member the keys, after it has applied all commands acknowledged before
        return withKeys ? time.thenCombine(readState(() -> threads.keysOf(lease)), ClusterMember::timeWithKeys) : time;
    }

    private CompletableFuture<Reply<Optional<TimeToLive>>> timeToLive(long lease) {
        return ask(new ForwardedRequest.TimeToLive(lease), reply -> switch (reply) {
            case ForwardedReply.TimeToLive(long remainingMillis, long ttlMillis) ->
                new Reply.Completed<>(Optional.of(new TimeToLive(remainingMillis, ttlMillis, List.of())));
            case ForwardedReply.NoSuchLease() -> new Reply.Completed<>(Optional.empty());
            default -> otherwise(reply);
        });
    }

    private static Reply<Optional<TimeToLive>> timeWithKeys(Reply<Optional<TimeToLive>> time, Reply<List<Bytes>> keys) {
        if (!(time instanceof Reply.Completed<Optional<TimeToLive>>(var left))) {
            return time;
        }
        return switch (keys) {
            case Reply.Completed<List<Bytes>>(var attached) ->
                new Reply.Completed<>(
                        left.map(one -> new TimeToLive(one.remainingMillis(), one.ttlMillis(), attached)));
            case Reply.Refused<List<Bytes>>(Refusal refusal) -> new Reply.Refused<>(refusal);
            case Reply.RetryLater<List<Bytes>>(var delay) -> new Reply.RetryLater<>(delay);
            case Reply.Unknown<List<Bytes>>() -> new Reply.Unknown<>();
        };
    }

    @Override
    public CompletableFuture<Reply<TimestampRange>> timestamps(int count) {
        return ask(new ForwardedRequest.AllocateTimestamps(count), reply -> switch (reply) {
            case ForwardedReply.Allocated(TimestampRange range) -> new Reply.Completed<>(range);
            default -> otherwise(reply);
        });
    }

    @Override
    public CompletableFuture<Optional<WatchHandle>> watch(
            WatchRequest request, int room, Consumer<WatchResponse> listener) {
        CompletableFuture<Optional<WatchHandle>> future = new CompletableFuture<>();
        threads.call(
                () -> future.complete(
                        threads.watch(request, room, listener).map(stream -> new LoopWatch(stream, threads::call))),
                () -> future.complete(Optional.empty()),
                future);
        return future;
    }

    @Override
    public CompletableFuture<Reply<Member>> addMember(List<String> peerUrls, boolean isVoter) {
        return memberships.add(peerUrls, isVoter);
    }

    @Override
    public CompletableFuture<Reply<Member>> updateMember(NodeId id, List<String> peerUrls) {
        return memberships.update(id, peerUrls);
    }

    @Override
    public CompletableFuture<Reply<Member>> promoteMember(NodeId id) {
        return memberships.promote(id);
    }

    @Override
    public CompletableFuture<Reply<NodeId>> removeMember(NodeId id) {
        return memberships.remove(id);
    }

    CompletableFuture<Reply<Long>> change(MembershipRequest change) {
        return ask(new ForwardedRequest.ChangeMembership(change), reply -> switch (reply) {
            case ForwardedReply.MembershipChanged(long slot) -> new Reply.Completed<>(slot);
            default -> otherwise(reply);
        });
    }

    @Override
    public CompletableFuture<Reply<NodeId>> transferLeadership(NodeId target) {
        return ask(new ForwardedRequest.TransferLeadership(target), reply -> switch (reply) {
            case ForwardedReply.LeadershipTransferred() -> new Reply.Completed<>(target);
            default -> otherwise(reply);
        });
    }

    /** Reads the state linearizably, on the event loop. */
    private <R> CompletableFuture<Reply<R>> readState(Supplier<R> reader) {
        return ask(new ForwardedRequest.ReadBarrier(), reply -> switch (reply) {
            case ForwardedReply.ReadableAt _ -> new Reply.Completed<>(reader.get());
            default -> otherwise(reply);
        });
    }

    private <R> CompletableFuture<Reply<R>> ask(
            ForwardedRequest request, Function<ForwardedReply, Reply<R>> conversion) {
        CompletableFuture<Reply<R>> future = new CompletableFuture<>();
        threads.submit(request, reply -> future.complete(conversion.apply(reply)), future);
        return future;
    }

    /** The reply to a request that was not completed. */
    private static <R> Reply<R> otherwise(ForwardedReply reply) {
        return switch (reply) {
            case ForwardedReply.Refused(Refusal refusal) -> new Reply.Refused<>(refusal);
            case ForwardedReply.RetryLater(var delay) -> new Reply.RetryLater<>(delay);
            case ForwardedReply.Unknown() -> new Reply.Unknown<>();
            // a reply to another kind of request: the peer is faulty, and the effect is unknown
            case ForwardedReply.Executed _,
                    ForwardedReply.ReadableAt _,
                    ForwardedReply.KeptAlive _,
                    ForwardedReply.TimeToLive _,
                    ForwardedReply.NoSuchLease _,
                    ForwardedReply.Allocated _,
                    ForwardedReply.MembershipChanged _,
                    ForwardedReply.LeadershipTransferred _ -> new Reply.Unknown<>();
        };
    }

    private static <R> Reply<R> corrupt() {
        return new Reply.Refused<>(new Refusal.StateCorrupt());
    }

    private static <R> Reply<R> overloaded() {
        return new Reply.Refused<>(new Refusal.Overloaded());
    }
}
