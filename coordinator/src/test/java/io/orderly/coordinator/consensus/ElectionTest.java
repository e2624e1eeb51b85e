package io.orderly.coordinator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElectionTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aClusterElectsOneLeaderAndWrites(int voters) {
        Cluster cluster = Cluster.of(voters);
        Cluster.Peer leader = cluster.leader();
        long token = leader.propose("hello");
        cluster.settle();
        assertThat(leader.outcomes).containsExactly(new Outcome.Applied(token, 1));
        cluster.pass(20);
        for (Cluster.Peer peer : cluster.peers.values()) {
            assertThat(peer.applied).isEqualTo(leader.applied).hasSize(1);
            assertThat(peer.status().leader()).isEqualTo(leader.id);
        }
    }

    @Test
    void anotherLeaderTakesOverWithEverything() {
        Cluster cluster = Cluster.of(3);
        Cluster.Peer first = cluster.leader();
        first.propose("a");
        cluster.settle();
        first.propose("b");
        first.crash();
        cluster.settle();
        Cluster.Peer second = cluster.leader();
        assertThat(second).isNotSameAs(first);
        second.propose("c");
        cluster.settle();
        cluster.pass(20);
        assertThat(second.applied).extracting(TranscriptLines::text).hasSize(3);
    }
}
