package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.MemberDescription;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Changes of the members, in two steps: of the membership, by consensus, and of the replicated description, in the state. A change that
 * fails between the two leaves a member without URLs, which {@link #update} adds.
 */
final class MembershipChanges {

    /** A concurrent addition may take the same id. */
    private static final int ATTEMPTS = 5;

    private final ClusterMember coordinator;

    MembershipChanges(ClusterMember coordinator) {
        this.coordinator = coordinator;
    }

    CompletableFuture<Reply<Member>> add(List<String> peerUrls, boolean isVoter) {
        return add(peerUrls, isVoter, ATTEMPTS);
    }

    private CompletableFuture<Reply<Member>> add(List<String> peerUrls, boolean isVoter, int attempts) {
        var id = new NodeId(coordinator.status().membership().highestId() + 1);
        var description = new MemberDescription(id, "", peerUrls, List.of(), isVoter);
        if (description.sizeInBytes() > MemberDescription.MAX_BYTES) {
            return completed(
                    new Reply.Refused<>(new Refusal.TooLarge(description.sizeInBytes(), MemberDescription.MAX_BYTES)));
        }
        return coordinator.change(new MembershipRequest.AddLearner(id)).thenCompose(reply -> {
            boolean isTaken = reply instanceof Reply.Refused<Long>(Refusal refusal)
                    && refusal instanceof Refusal.Invalid
                    && coordinator.status().membership().highestId() >= id.value();
            return isTaken && attempts > 1
                    ? add(peerUrls, isVoter, attempts - 1)
                    : then(reply, () -> describe(description).thenApply(MembershipChanges::afterEffect));
        });
    }

    /** A change whose first step was applied must not be reported as one without effect. */
    private static <R> Reply<R> afterEffect(Reply<R> second) {
        return second instanceof Reply.Completed<R> ? second : new Reply.Unknown<>();
    }

    CompletableFuture<Reply<Member>> update(NodeId id, List<String> peerUrls) {
        return coordinator.view().thenCompose(reply -> {
            if (reply instanceof Reply.Completed<StoreView>(StoreView view)) {
                return find(id).map(member -> describe(described(member, view, peerUrls)))
                        .orElseGet(() -> completed(noSuchMember(id)));
            }
            return then(reply, () -> completed(noSuchMember(id)));
        });
    }

    private static MemberDescription described(Member member, StoreView view, List<String> peerUrls) {
        boolean becomesVoter = view.members().stream()
                .filter(one -> one.id().equals(member.id()))
                .anyMatch(MemberDescription::becomesVoter);
        return new MemberDescription(member.id(), member.name(), peerUrls, member.clientUrls(), becomesVoter);
    }

    CompletableFuture<Reply<Member>> promote(NodeId id) {
        return coordinator
                .view()
                .thenCompose(reply ->
                        then(reply, () -> hasNeverStarted(id) ? completed(lacksEverything(id)) : promoteStarted(id)));
    }

    /** In a short log such a learner is not far behind, but a member that has never started must not become part of a quorum. */
    private boolean hasNeverStarted(NodeId id) {
        return find(id).filter(Member::isLearner)
                .filter(member -> member.name().isEmpty())
                .isPresent();
    }

    private Reply<Member> lacksEverything(NodeId id) {
        return new Reply.Refused<>(
                new Refusal.NotCaughtUp(id, coordinator.status().commit()));
    }

    private CompletableFuture<Reply<Member>> promoteStarted(NodeId id) {
        return coordinator
                .change(new MembershipRequest.Promote(id))
                .thenCompose(reply -> then(reply, () -> completed(member(id))));
    }

    CompletableFuture<Reply<NodeId>> remove(NodeId id) {
        return coordinator
                .change(new MembershipRequest.Remove(id))
                .thenCompose(reply -> then(reply, () -> completed(new Reply.Completed<>(id))));
    }

    private CompletableFuture<Reply<Member>> describe(MemberDescription description) {
        return coordinator
                .execute(new StoreCommand.DescribeMember(description))
                .thenCompose(reply -> reply instanceof Reply.Completed<StoreResponse>(StoreResponse.Refused refused)
                        ? completed(new Reply.Refused<Member>(
                                new Refusal.Invalid(refused.refusal().toString())))
                        : then(reply, () -> completed(member(description.id()))));
    }

    private Reply<Member> member(NodeId id) {
        return find(id).<Reply<Member>>map(Reply.Completed::new).orElseGet(() -> noSuchMember(id));
    }

    private Optional<Member> find(NodeId id) {
        return coordinator.members().stream()
                .filter(member -> member.id().equals(id))
                .findFirst();
    }

    private static Reply<Member> noSuchMember(NodeId id) {
        return new Reply.Refused<>(new Refusal.Invalid("there is no member " + id));
    }

    private static <R> CompletableFuture<Reply<R>> completed(Reply<R> reply) {
        return CompletableFuture.completedFuture(reply);
    }

    /** The second step, if the first is completed. */
    private static <A, B> CompletableFuture<Reply<B>> then(
            Reply<A> first, Supplier<CompletableFuture<Reply<B>>> second) {
        return switch (first) {
            case Reply.Completed<A> _ -> second.get();
            case Reply.Refused<A>(Refusal refusal) -> completed(new Reply.Refused<>(refusal));
            case Reply.RetryLater<A>(var delay) -> completed(new Reply.RetryLater<>(delay));
            case Reply.Unknown<A>() -> completed(new Reply.Unknown<>());
        };
    }
}
