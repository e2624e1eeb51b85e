package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.MembershipRequest;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.peer.ForwardedRequest;
import io.orderly.coordinator.store.CommandCodec;
import io.orderly.coordinator.store.MemberDescription;
import io.orderly.coordinator.store.StoreCommand;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemberDutiesTest {

    private static final NodeId SELF = new NodeId(1);
    private static final NodeId OTHER = new NodeId(2);
    private static final NodeId LEARNER = new NodeId(3);
    private static final Membership MEMBERSHIP = new Membership(List.of(SELF, OTHER), List.of(LEARNER));
    private static final Member CONFIGURED =
            new Member(SELF, "one", List.of("http://one:2380"), List.of("http://one:2379"), false);
    private static final MemberDescription PUBLISHED =
            new MemberDescription(SELF, "one", List.of("http://one:2380"), List.of("http://one:2379"), false);
    private static final MemberDescription CANDIDATE =
            new MemberDescription(LEARNER, "three", List.of("http://three:2380"), List.of(), true);

    private final MemberDuties duties = new MemberDuties(SELF, List.of(CONFIGURED));
    private long nowNanos;

    private static Status status(@Nullable NodeId leader, Membership membership) {
        var ballot = new Ballot(1, 1);
        Status.Role role = SELF.equals(leader) ? Status.Role.LEADER : Status.Role.FOLLOWER;
        return new Status(SELF, role, ballot, ballot, leader, 5, 5, 5, 0, membership, List.of(), 0);
    }

    private Optional<ForwardedRequest> due(Status status, MemberDescription... described) {
        nowNanos += 1_000_000_000L;
        return duties.due(status, List.of(described), nowNanos);
    }

    private static StoreCommand command(Optional<ForwardedRequest> request) {
        return CommandCodec.decode(((ForwardedRequest.Execute) request.orElseThrow()).command());
    }

    @Test
    void aMemberPublishesItselfOnce() {
        assertThat(command(due(status(OTHER, MEMBERSHIP)))).isEqualTo(new StoreCommand.PublishMember(PUBLISHED));
        assertThat(due(status(OTHER, MEMBERSHIP))).as("while it is pending").isEmpty();
        duties.completed();
        assertThat(due(status(OTHER, MEMBERSHIP), PUBLISHED)).isEmpty();
    }

    @Test
    void aPublicationThatFailedIsRepeatedAfterAWhile() {
        due(status(OTHER, MEMBERSHIP));
        duties.completed();
        assertThat(duties.due(status(OTHER, MEMBERSHIP), List.of(), nowNanos + 1))
                .isEmpty();
        assertThat(due(status(OTHER, MEMBERSHIP))).isPresent();
    }

    @Test
    void peerUrlsThatWereChangedAreNoReasonToPublishAgain() {
        var moved = new MemberDescription(SELF, "one", List.of("http://moved:1"), List.of("http://one:2379"), true);
        assertThat(due(status(OTHER, MEMBERSHIP), moved)).isEmpty();
        var added = new MemberDescription(SELF, "", List.of("http://moved:1"), List.of(), true);
        assertThat(command(due(status(OTHER, MEMBERSHIP), added))).isEqualTo(new StoreCommand.PublishMember(PUBLISHED));
    }

    @Test
    void nothingIsPublishedWithoutALeaderOrByANodeThatIsNoMember() {
        assertThat(due(status(null, MEMBERSHIP))).isEmpty();
        assertThat(due(status(OTHER, Membership.of(2)))).isEmpty();
        assertThat(due(status(OTHER, Membership.UNKNOWN))).isEmpty();
    }

    @Test
    void theLeaderDeletesTheDescriptionsOfRemovedMembers() {
        Membership left = new Membership(List.of(SELF, OTHER), List.of(), 3);
        assertThat(due(status(OTHER, left), PUBLISHED, CANDIDATE))
                .as("a follower")
                .isEmpty();
        assertThat(command(due(status(SELF, left), PUBLISHED, CANDIDATE)))
                .isEqualTo(new StoreCommand.ForgetMember(LEARNER));
    }

    @Test
    void theLeaderPromotesLearnersThatWereAddedAsVoters() {
        assertThat(due(status(OTHER, MEMBERSHIP), PUBLISHED, CANDIDATE))
                .as("a follower")
                .isEmpty();
        assertThat(due(status(SELF, MEMBERSHIP), PUBLISHED, CANDIDATE))
                .contains(new ForwardedRequest.ChangeMembership(new MembershipRequest.Promote(LEARNER)));
        duties.completed();
        var unheard = new MemberDescription(LEARNER, "", List.of("http://three:2380"), List.of(), true);
        assertThat(due(status(SELF, MEMBERSHIP), PUBLISHED, unheard))
                .as("a learner that has never run")
                .isEmpty();
        assertThat(due(status(SELF, Membership.of(1, 2, 3)), PUBLISHED, CANDIDATE))
                .isEmpty();
    }
}
