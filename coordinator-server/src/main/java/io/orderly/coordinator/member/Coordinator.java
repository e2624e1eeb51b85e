package io.orderly.coordinator.member;

import io.orderly.clock.HybridClock;
import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreView;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One member of a cluster, as its APIs use it. Any member serves any request: a follower forwards requests that only the leader can serve,
 * and responds once its own state contains the result. So a client that stays with one member reads its own writes.
 *
 * <p>A request that finds no leader, or a leader that steps down before it has any effect, is forwarded again until the request timeout;
 * then it is {@linkplain Reply.Refused refused}.
 *
 * <p>If a queue of this member is full, a request is {@linkplain io.orderly.coordinator.consensus.Refusal.Overloaded refused} at once.
 *
 * <p>It does not look at users and their rights: APIs use a {@link GuardedCoordinator}.
 *
 * <p>Thread-safe; no method blocks. Futures and listeners are completed on the threads of the member, mostly that of its event loop, so
 * callbacks must neither block nor do much work. A future fails only if the member stops.
 */
public interface Coordinator {

    /** The id of the cluster. */
    long clusterId();

    /** The id of this member. */
    NodeId self();

    /** The hybrid clock of this member. It is advanced by the requests of clients, and knows nothing of the clocks of other members. */
    HybridClock clock();

    /** The newest status that was published, at most some milliseconds old. */
    Status status();

    /** The newest revision that this member has applied. */
    long revision();

    /** How many watches this member serves. */
    int watches();

    /**
     * The members whose state is not what the log leads to, as the members find by comparing hashes. If there are any, this member
     * refuses commands and reads as {@link Refusal.StateCorrupt}.
     */
    Set<NodeId> differing();

    /** Whether commands that add data are refused as {@link Refusal.DiskFull}, because a disk is nearly full. */
    boolean isDiskLow();

    /** The users and their rights, according to the applied state of this member; at least as new as the state of any earlier response. */
    AuthState auth();

    /** All members, by id, according to the applied state of this member. */
    List<Member> members();

    /**
     * Executes a command, exactly once unless the reply is {@link Reply.Unknown}. A transaction that only reads is read linearizably, and
     * is no entry of the log.
     */
    CompletableFuture<Reply<StoreResponse>> execute(StoreCommand command);

    /** Reads linearizably. */
    CompletableFuture<Reply<StoreResponse>> read(Operation.Range range);

    /** Reads the state of this member, which may lag behind. */
    CompletableFuture<Reply<StoreResponse>> readLocally(Operation.Range range);

    /** An immutable view of the state, which contains all commands acknowledged by any member before this call. */
    CompletableFuture<Reply<StoreView>> view();

    /** An immutable view of the state of this member, which may lag behind. */
    CompletableFuture<Reply<StoreView>> localView();

    /** Renews a lease. The result is its full time in milliseconds; empty if there is no such lease. */
    CompletableFuture<Reply<OptionalLong>> keepAlive(long lease);

    /**
     * The remaining time of a lease; empty if there is no such lease.
     *
     * @param withKeys whether to return its keys
     */
    CompletableFuture<Reply<Optional<TimeToLive>>> timeToLive(long lease, boolean withKeys);

    CompletableFuture<Reply<TimestampRange>> timestamps(int count);

    /**
     * Watches the state of this member.
     *
     * @param room the number of responses that the listener can receive
     * @return empty if too many watches are open, or the queue of this member is full
     */
    CompletableFuture<Optional<WatchHandle>> watch(WatchRequest request, int room, Consumer<WatchResponse> listener);

    /**
     * Adds a member under an id that was never used, as a learner.
     *
     * @param peerUrls the URLs for the other members
     * @param isVoter whether it is promoted as soon as it has caught up
     */
    CompletableFuture<Reply<Member>> addMember(List<String> peerUrls, boolean isVoter);

    /** Changes the peer URLs of a member. {@link Refusal.Invalid} if there is no such member. */
    CompletableFuture<Reply<Member>> updateMember(NodeId id, List<String> peerUrls);

    /** Gives a learner its vote; refused until it has started for the first time, and while it is too far behind. */
    CompletableFuture<Reply<Member>> promoteMember(NodeId id);

    /** Removes a member permanently. After the reply, the member may be switched off. */
    CompletableFuture<Reply<NodeId>> removeMember(NodeId id);

    /** Transfers leadership. */
    CompletableFuture<Reply<NodeId>> transferLeadership(NodeId target);
}
