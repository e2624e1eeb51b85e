package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.server.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Changes of the members, each a change of the consensus membership and of what is replicated about the member. */
final class MembershipChanges {

    private final ClusterMember coordinator;

    MembershipChanges(ClusterMember coordinator) {
        this.coordinator = coordinator;
    }

    CompletableFuture<Reply<Member>> add(List<String> peerUrls, boolean isVoter) {
        var id = new NodeId(coordinator.status().membership().highestId() + 1);
        return then(
                coordinator.change(new MembershipRequest.AddLearner(id)),
                () -> CompletableFuture.completedFuture(member(id)));
    }

    CompletableFuture<Reply<Member>> update(NodeId id, List<String> peerUrls) {
        return CompletableFuture.completedFuture(member(id));
    }

    CompletableFuture<Reply<Member>> promote(NodeId id) {
        return then(
                coordinator.change(new MembershipRequest.Promote(id)),
                () -> CompletableFuture.completedFuture(member(id)));
    }

    CompletableFuture<Reply<NodeId>> remove(NodeId id) {
        return then(
                coordinator.change(new MembershipRequest.Remove(id)),
                () -> CompletableFuture.completedFuture(new Reply.Completed<>(id)));
    }

    private Reply<Member> member(NodeId id) {
        return coordinator.members().stream()
                .filter(member -> member.id().equals(id))
                .findFirst()
                .<Reply<Member>>map(Reply.Completed::new)
                .orElseGet(() -> new Reply.Refused<>(new Refusal.Invalid("there is no member " + id)));
    }

    /** The second step, if the first is completed. */
    private static <A, B> CompletableFuture<Reply<B>> then(
            CompletableFuture<Reply<A>> first, Supplier<CompletableFuture<Reply<B>>> second) {
        return first.thenCompose(reply -> switch (reply) {
            case Reply.Completed<A> _ -> second.get();
            case Reply.Refused<A>(Refusal refusal) -> CompletableFuture.completedFuture(new Reply.Refused<>(refusal));
            case Reply.RetryLater<A>(var delay) -> CompletableFuture.completedFuture(new Reply.RetryLater<>(delay));
            case Reply.Unknown<A>() -> CompletableFuture.completedFuture(new Reply.Unknown<>());
        });
    }
}
