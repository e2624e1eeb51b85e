package io.orderly.coordinator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final NodeId ONE = new NodeId(1);
    private static final NodeId FOUR = new NodeId(4);
    private static final NodeId NINE = new NodeId(9);

    /** Node 1 wrote a change to its own disk only, and the others decided another change meanwhile. */
    @Test
    void aStaleUndecidedChangeDoesNotUndoADecidedOne() {
        ReplicaCluster cluster = ReplicaCluster.of(4);
        ReplicaCluster.Peer first = cluster.leader();
        assertThat(first.id).isEqualTo(ONE);
        first.propose("a");
        cluster.settle();
        first.propose("b");
        first.step(new Input.ChangeMembership(1, new MembershipRequest.AddLearner(NINE)));
        cluster.mail.clear();
        first.force();
        first.crash();

        ReplicaCluster.Peer second = cluster.leader();
        second.step(new Input.ChangeMembership(2, new MembershipRequest.Remove(FOUR)));
        cluster.pass(20);
        assertThat(cluster.peer(3).status().membership().voters()).doesNotContain(FOUR);
        cluster.peer(4).crash();
        second.crash();

        cluster.restart(ONE, new TreeSet<>());
        ReplicaCluster.Peer third = cluster.leader();
        cluster.restart(second.id, new TreeSet<>());
        long token = third.propose("c");
        cluster.pass(500);
        assertThat(third.outcomes).anyMatch(outcome -> outcome.token() == token);
        for (ReplicaCluster.Peer peer : cluster.peers.values()) {
            assertThat(peer.status().membership())
                    .isEqualTo(new Membership(Membership.of(1, 2, 3).voters(), List.of(), 4));
        }
    }

    /** A crash must not restore the old membership, whose quorum may require the removed node, which was switched off. */
    @Test
    void aRemovalIsAcknowledgedOnceAQuorumHasRecordedTheDecision() {
        ReplicaCluster cluster = ReplicaCluster.of(3);
        ReplicaCluster.Peer leader = cluster.leader();
        leader.step(new Input.ChangeMembership(1, new MembershipRequest.Remove(new NodeId(3))));
        while (leader.outcomes.isEmpty()) {
            if (cluster.mail.isEmpty()) {
                assertThat(cluster.forceAll()).as("a record is left to force").isTrue();
            } else {
                cluster.deliverNext();
            }
        }
        assertThat(leader.outcomes).singleElement().isInstanceOf(ReplicaOutcome.Applied.class);
        cluster.mail.clear();
        List.copyOf(cluster.peers.values()).forEach(ReplicaCluster.Peer::crash);

        cluster.restart(ONE, new TreeSet<>());
        cluster.restart(new NodeId(2), new TreeSet<>());
        assertThat(cluster.peers.values())
                .allSatisfy(
                        peer -> assertThat(peer.status().membership().voters()).doesNotContain(new NodeId(3)));
    }

    @Test
    void removingARemovedNodeIsAcknowledged() {
        ReplicaCluster cluster = ReplicaCluster.of(3);
        ReplicaCluster.Peer leader = cluster.leader();
        leader.step(new Input.ChangeMembership(1, new MembershipRequest.Remove(new NodeId(3))));
        cluster.settle();
        leader.step(new Input.ChangeMembership(2, new MembershipRequest.Remove(new NodeId(3))));
        cluster.settle();
        assertThat(leader.outcomes).hasSize(2).hasOnlyElementsOfType(ReplicaOutcome.Applied.class);
    }

    @Test
    void aRemovedIdIsNotUsedAgain() {
        ReplicaCluster cluster = ReplicaCluster.of(3);
        ReplicaCluster.Peer leader = cluster.leader();
        leader.step(new Input.ChangeMembership(1, new MembershipRequest.Remove(new NodeId(3))));
        cluster.settle();
        leader.step(new Input.ChangeMembership(2, new MembershipRequest.AddLearner(new NodeId(3))));
        assertThat(leader.outcomes)
                .last()
                .satisfies(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                ReplicaOutcome.NotApplied.class,
                                refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Invalid.class)));
    }

    @Test
    void aLeaderThatStepsDownDuringATransferReportsNoTransfer() {
        ReplicaCluster cluster = ReplicaCluster.of(3);
        ReplicaCluster.Peer leader = cluster.leader();
        leader.step(new Input.TransferLeadership(1, new NodeId(3)));
        leader.diskHangs = true;
        leader.propose("keeps the target from being up to date");
        for (int i = 0; i < 40; i++) {
            cluster.pass(5, mail -> !mail.to().equals(leader.id) && !mail.from().equals(leader.id));
        }
        assertThat(leader.status().role()).isNotEqualTo(Status.Role.LEADER);
        assertThat(leader.outcomes).doesNotContain(new ReplicaOutcome.HandedOver(1));
    }
}
