package io.orderly.coordinator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final NodeId ONE = new NodeId(1);
    private static final NodeId FOUR = new NodeId(4);
    private static final NodeId NINE = new NodeId(9);

    /** Node 1 wrote a change on its own disk alone, and meanwhile the others decided another one. */
    @Test
    void aStaleUndecidedChangeDoesNotUndoADecidedOne() {
        Cluster cluster = Cluster.of(4);
        Cluster.Peer first = cluster.leader();
        assertThat(first.id).isEqualTo(ONE);
        first.propose("a");
        cluster.settle();
        first.propose("b");
        first.step(new Input.ChangeMembership(1, new MembershipRequest.AddLearner(NINE)));
        cluster.mail.clear();
        first.force();
        first.crash();

        Cluster.Peer second = cluster.leader();
        second.step(new Input.ChangeMembership(2, new MembershipRequest.Remove(FOUR)));
        cluster.pass(20);
        assertThat(cluster.peer(3).status().membership().voters()).doesNotContain(FOUR);
        cluster.peer(4).crash();
        second.crash();

        cluster.restart(ONE, new TreeSet<>());
        Cluster.Peer third = cluster.leader();
        cluster.restart(second.id, new TreeSet<>());
        long token = third.propose("c");
        cluster.pass(500);
        assertThat(third.outcomes).anyMatch(outcome -> outcome.token() == token);
        for (Cluster.Peer peer : cluster.peers.values()) {
            assertThat(peer.status().membership()).isEqualTo(Membership.of(1, 2, 3));
        }
    }
}
