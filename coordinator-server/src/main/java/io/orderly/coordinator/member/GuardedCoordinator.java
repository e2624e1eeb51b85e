package io.orderly.coordinator.member;

import io.orderly.clock.HybridClock;
import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.AuthRefusal;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Caller;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator as one caller may use it. Commands are decided by the state that applies them. A read is decided after it was made, by rights
 * that are at least as new as what it found: else a member that lags behind would show keys to a user who may not read them any more. All
 * else is decided before, by the rights that this member has applied; it fails with {@link NotPermittedException}.
 *
 * <p>Views are not guarded: what is told of one is for its user to decide.
 */
public final class GuardedCoordinator implements Coordinator {

    private final Coordinator coordinator;
    private final @Nullable Caller caller;

    /** @param caller null for one that has not told its user */
    public GuardedCoordinator(Coordinator coordinator, @Nullable Caller caller) {
        this.coordinator = coordinator;
        this.caller = caller;
    }

    public @Nullable Caller caller() {
        return caller;
    }

    /** @throws NotPermittedException if the caller has to be a user, and is not */
    public void requireUser() {
        require(auth().refusalOf(caller));
    }

    /** @throws NotPermittedException if the caller may not read all of these keys */
    public void requireReader(KeyRange keys) {
        require(auth().refusalOfRead(caller, keys));
    }

    /**
     * For what is told of a view: it may be of a later state than the one by which a request was let in.
     *
     * @param auth of the view
     * @throws NotPermittedException if the caller may not administer the cluster
     */
    public void requireAdministrator(AuthState auth) {
        require(auth.refusalOfAdministration(caller));
    }

    private static void require(@Nullable AuthRefusal refusal) {
        if (refusal != null) {
            throw new NotPermittedException(refusal);
        }
    }

    @Override
    public long clusterId() {
        return coordinator.clusterId();
    }

    @Override
    public NodeId self() {
        return coordinator.self();
    }

    @Override
    public Status status() {
        return coordinator.status();
    }

    @Override
    public long revision() {
        return coordinator.revision();
    }

    @Override
    public int watches() {
        return coordinator.watches();
    }

    @Override
    public HybridClock clock() {
        return coordinator.clock();
    }

    @Override
    public Set<NodeId> differing() {
        return coordinator.differing();
    }

    @Override
    public boolean isDiskLow() {
        return coordinator.isDiskLow();
    }

    @Override
    public AuthState auth() {
        return coordinator.auth();
    }

    @Override
    public List<Member> members() {
        return coordinator.members();
    }

    @Override
    public CompletableFuture<Reply<StoreResponse>> execute(StoreCommand command) {
        if (command instanceof StoreCommand.Txn txn && txn.onlyReads()) {
            // has no slot in the log, by whose state its rights would be decided
            return coordinator.execute(txn).thenApply(reply -> permitted(auth().refusalOfReads(caller, txn), reply));
        }
        return coordinator.execute(caller == null ? command : new StoreCommand.AsUser(caller, command));
    }

    @Override
    public CompletableFuture<Reply<StoreResponse>> read(Operation.Range range) {
        return coordinator.read(range).thenApply(reply -> readable(range, reply));
    }

    @Override
    public CompletableFuture<Reply<StoreResponse>> readLocally(Operation.Range range) {
        return coordinator.readLocally(range).thenApply(reply -> readable(range, reply));
    }

    private Reply<StoreResponse> readable(Operation.Range range, Reply<StoreResponse> reply) {
        return permitted(auth().refusalOfRead(caller, range.keys()), reply);
    }

    private static Reply<StoreResponse> permitted(@Nullable AuthRefusal refusal, Reply<StoreResponse> reply) {
        return refusal != null && reply instanceof Reply.Completed<StoreResponse>(StoreResponse response)
                ? new Reply.Completed<>(new StoreResponse.Refused(response.revision(), new StoreRefusal.Auth(refusal)))
                : reply;
    }

    @Override
    public CompletableFuture<Reply<StoreView>> view() {
        return coordinator.view();
    }

    @Override
    public CompletableFuture<Reply<StoreView>> localView() {
        return coordinator.localView();
    }

    @Override
    public CompletableFuture<Reply<OptionalLong>> keepAlive(long lease) {
        return ofUser(() -> coordinator.keepAlive(lease));
    }

    @Override
    public CompletableFuture<Reply<Optional<TimeToLive>>> timeToLive(long lease, boolean withKeys) {
        return ofUser(() -> coordinator.timeToLive(lease, withKeys)).thenApply(reply -> {
            if (reply instanceof Reply.Completed<Optional<TimeToLive>>(Optional<TimeToLive> found)) {
                found.ifPresent(lives -> lives.keys().forEach(this::requireReader));
            }
            return reply;
        });
    }

    private void requireReader(Bytes key) {
        requireReader(KeyRange.of(key));
    }

    @Override
    public CompletableFuture<Reply<TimestampRange>> timestamps(int count) {
        return ofUser(() -> coordinator.timestamps(count));
    }

    @Override
    public CompletableFuture<Optional<WatchHandle>> watch(
            WatchRequest request, int room, Consumer<WatchResponse> listener) {
        return guarded(auth().refusalOfRead(caller, request.keys()), () -> coordinator.watch(request, room, listener));
    }

    @Override
    public CompletableFuture<Reply<Member>> addMember(List<String> peerUrls, boolean isVoter) {
        return ofAdministrator(() -> coordinator.addMember(peerUrls, isVoter));
    }

    @Override
    public CompletableFuture<Reply<Member>> updateMember(NodeId id, List<String> peerUrls) {
        return ofAdministrator(() -> coordinator.updateMember(id, peerUrls));
    }

    @Override
    public CompletableFuture<Reply<Member>> promoteMember(NodeId id) {
        return ofAdministrator(() -> coordinator.promoteMember(id));
    }

    @Override
    public CompletableFuture<Reply<NodeId>> removeMember(NodeId id) {
        return ofAdministrator(() -> coordinator.removeMember(id));
    }

    @Override
    public CompletableFuture<Reply<NodeId>> transferLeadership(NodeId target) {
        return ofAdministrator(() -> coordinator.transferLeadership(target));
    }

    private <T> CompletableFuture<T> ofUser(Supplier<CompletableFuture<T>> request) {
        return guarded(auth().refusalOf(caller), request);
    }

    private <T> CompletableFuture<T> ofAdministrator(Supplier<CompletableFuture<T>> request) {
        return guarded(auth().refusalOfAdministration(caller), request);
    }

    private static <T> CompletableFuture<T> guarded(
            @Nullable AuthRefusal refusal, Supplier<CompletableFuture<T>> request) {
        return refusal == null ? request.get() : CompletableFuture.failedFuture(new NotPermittedException(refusal));
    }
}
