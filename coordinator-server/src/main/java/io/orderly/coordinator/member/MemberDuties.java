package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.peer.ForwardedRequest;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.MemberDescription;
import io.orderly.coordinator.store.StoreCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The requests that a member makes without a client: it publishes its name and URLs, and as the leader it promotes learners that were added
 * as voters, and deletes the descriptions of removed members. One request at a time, repeated until it has taken effect; all are
 * idempotent.
 */
final class MemberDuties {

    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final NodeId self;
    private final Optional<Member> configured;
    private boolean isRequested;
    private long lastNanos;

    /** @param known members at the start, with this one if it publishes anything */
    MemberDuties(NodeId self, List<Member> known) {
        this.self = self;
        configured = known.stream().filter(member -> member.id().equals(self)).findFirst();
    }

    /**
     * @param described the replicated descriptions of all members
     * @return the next request, if one is due; {@link #completed} must be called with its reply
     */
    Optional<ForwardedRequest> due(Status status, List<MemberDescription> described, long nowNanos) {
        if (isRequested || status.leader() == null || nowNanos - lastNanos < INTERVAL_NANOS) {
            return Optional.empty();
        }
        lastNanos = nowNanos;
        Optional<ForwardedRequest> request = publication(status, described)
                .or(() -> promotion(status, described))
                .or(() -> oblivion(status, described));
        isRequested = request.isPresent();
        return request;
    }

    void completed() {
        isRequested = false;
    }

    private Optional<ForwardedRequest> publication(Status status, List<MemberDescription> described) {
        if (!status.membership().isMember(self)) {
            return Optional.empty();
        }
        Optional<MemberDescription> current =
                described.stream().filter(one -> one.id().equals(self)).findFirst();
        return configured
                .map(member ->
                        new MemberDescription(self, member.name(), member.peerUrls(), member.clientUrls(), false))
                .filter(own -> current.filter(known -> own.publishedOver(known).equals(known))
                        .isEmpty())
                .map(own -> new ForwardedRequest.Execute(CommandCodec.encode(new StoreCommand.PublishMember(own))));
    }

    private static Optional<ForwardedRequest> oblivion(Status status, List<MemberDescription> described) {
        if (status.role() != Status.Role.LEADER) {
            return Optional.empty();
        }
        return described.stream()
                .map(MemberDescription::id)
                .filter(id -> !status.membership().isMember(id))
                .findFirst()
                .map(id -> new ForwardedRequest.Execute(CommandCodec.encode(new StoreCommand.ForgetMember(id))));
    }

    private static Optional<ForwardedRequest> promotion(Status status, List<MemberDescription> described) {
        if (status.role() != Status.Role.LEADER) {
            return Optional.empty();
        }
        return described.stream()
                .filter(MemberDescription::becomesVoter)
                // it runs, and has caught up with the publication of its name; a member that has never started must not
                // become part of a quorum
                .filter(one -> !one.name().isEmpty())
                .map(MemberDescription::id)
                .filter(status.membership()::isLearner)
                .findFirst()
                .map(id -> new ForwardedRequest.ChangeMembership(new MembershipRequest.Promote(id)));
    }
}
