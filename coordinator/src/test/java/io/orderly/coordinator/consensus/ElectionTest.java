package io.orderly.coordinator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElectionTest {

    private static final NodeId ONE = new NodeId(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aClusterElectsOneLeaderAndWrites(int voters) {
        ReplicaCluster cluster = ReplicaCluster.of(voters);
        ReplicaCluster.Peer leader = cluster.leader();
        long token = leader.propose("hello");
        cluster.settle();
        assertThat(leader.outcomes).containsExactly(new ReplicaOutcome.Applied(token, 1));
        cluster.pass(20);
        for (ReplicaCluster.Peer peer : cluster.peers.values()) {
            assertThat(peer.applied).isEqualTo(leader.applied).hasSize(1);
            assertThat(peer.status().leader()).isEqualTo(leader.id);
        }
    }

    @Test
    void theNextLeaderHasAllDecidedEntries() {
        ReplicaCluster cluster = ReplicaCluster.of(3);
        ReplicaCluster.Peer first = cluster.leader();
        first.propose("a");
        cluster.settle();
        first.propose("b");
        first.crash();
        cluster.settle();
        ReplicaCluster.Peer second = cluster.leader();
        assertThat(second).isNotSameAs(first);
        second.propose("c");
        cluster.settle();
        cluster.pass(20);
        assertThat(second.applied).extracting(TranscriptLines::text).hasSize(3);
    }

    /** The election timeout of node 1 expires first, but node 1 lacks entries that the others have deleted from their logs. */
    @Test
    void aNodeThatNeedsASnapshotDoesNotCampaignIfAnotherCanLead() {
        ReplicaCluster cluster = new ReplicaCluster(ReplicaCluster.CONFIGURATION, new Rules(), _ -> {});
        cluster.snapshotAfter(3);
        Membership three = ReplicaCluster.membership(3);
        three.voters().forEach(node -> cluster.start(node, DurableState.empty(three)));
        Predicate<ReplicaCluster.Mail> withoutOne =
                mail -> !mail.from().equals(ONE) && !mail.to().equals(ONE);
        cluster.pass(200, withoutOne);
        ReplicaCluster.Peer leader = cluster.leader();
        for (int i = 0; i < 20; i++) {
            leader.propose("c");
            cluster.settle(withoutOne);
        }
        cluster.pass(20, withoutOne);
        ReplicaCluster.Peer other = cluster.peer(leader.id.value() == 2 ? 3 : 2);
        assertThat(other.status().lowWaterMark()).isPositive();
        leader.crash();

        List<Message> fromOne = new ArrayList<>();
        cluster.pass(300, mail -> {
            if (mail.from().equals(ONE)) {
                fromOne.add(mail.message());
            }
            return true;
        });
        assertThat(fromOne)
                .hasAtLeastOneElementOfType(Message.PreVote.class)
                .doesNotHaveAnyElementsOfTypes(Message.Prepare.class);
        assertThat(cluster.leader().id).isEqualTo(other.id);
        assertThat(cluster.peer(1).applied).isNotEmpty();
    }
}
