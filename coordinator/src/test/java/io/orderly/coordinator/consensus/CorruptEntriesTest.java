package io.orderly.coordinator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Nodes that find corrupt entries in their log when they start. */
class CorruptEntriesTest {

    private static final List<String> FIRST_TWO = List.of("a", "b");

    private final ReplicaCluster cluster = ReplicaCluster.of(3);

    /** Node 1 leads. */
    private void decide(Predicate<ReplicaCluster.Mail> passes, String... commands) {
        for (String command : commands) {
            cluster.leader().propose(command);
            cluster.settle(passes);
        }
    }

    private void crashAll() {
        List.copyOf(cluster.peers.values()).forEach(ReplicaCluster.Peer::crash);
        cluster.mail.clear();
    }

    private void restart(int node, Long... corrupt) {
        cluster.restart(new NodeId(node), new TreeSet<>(List.of(corrupt)));
    }

    private boolean hasLeader() {
        return cluster.peers.values().stream().anyMatch(peer -> peer.status().role() == Status.Role.LEADER);
    }

    /** The commands that a node has applied. */
    private List<String> commands(int node) {
        return cluster.peer(node).applied.stream()
                .filter(entry -> entry.payload() instanceof Payload.Command)
                .map(entry -> new String(((Payload.Command) entry.payload()).bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private static Predicate<ReplicaCluster.Mail> without(int node) {
        NodeId cutOff = new NodeId(node);
        return mail -> !mail.to().equals(cutOff) && !mail.from().equals(cutOff);
    }

    @Test
    void twoNodesWithDifferentCorruptSlotsAreRepaired() {
        decide(_ -> true, "a", "b");
        crashAll();
        restart(1, 1L);
        restart(2, 2L);
        restart(3);
        cluster.leader();
        cluster.pass(100);
        for (int node = 1; node <= 3; node++) {
            assertThat(cluster.peer(node).status().corruptSlots()).isEmpty();
            assertThat(commands(node)).isEqualTo(FIRST_TWO);
        }
    }

    /** Each node has the entry that the other lost, under the same ballot. */
    @Test
    void twoNodesRepairEachOtherWithoutTheThird() {
        decide(_ -> true, "a", "b");
        crashAll();
        restart(1, 1L);
        restart(2, 2L);
        cluster.leader();
        cluster.pass(100);
        assertThat(commands(1)).isEqualTo(FIRST_TWO);
        assertThat(commands(2)).isEqualTo(FIRST_TWO);
    }

    /** The leader wrote the entry, and crashed before another node received it. */
    @Test
    void aSlotWithoutAnEntryOnAQuorumWasNeverDecided() {
        decide(_ -> true, "a", "b");
        cluster.leader().propose("c");
        cluster.forceAll();
        crashAll();
        restart(1, 3L);
        restart(2);
        restart(3);
        cluster.leader();
        cluster.pass(100);
        cluster.leader().propose("d");
        cluster.pass(100);
        for (int node = 1; node <= 3; node++) {
            assertThat(cluster.peer(node).status().corruptSlots()).isEmpty();
            assertThat(commands(node)).containsExactly("a", "b", "d");
        }
    }

    /** Node 3 never received the entry, and the copy of node 1 is corrupt: only node 2 can report it. */
    @Test
    void aCandidateWaitsForAValueThatMayBeDecided() {
        decide(_ -> true, "a");
        decide(without(3), "b");
        crashAll();
        restart(1, 2L);
        restart(3);
        cluster.pass(2_000);
        assertThat(hasLeader()).isFalse();
        restart(2);
        cluster.leader();
        cluster.pass(100);
        for (int node = 1; node <= 3; node++) {
            assertThat(commands(node)).isEqualTo(FIRST_TWO);
        }
    }

    @Test
    void noValueIsChosenForASlotThatIsCorruptOnEveryNode() {
        decide(_ -> true, "a", "b");
        crashAll();
        restart(1, 2L);
        restart(2, 2L);
        restart(3, 2L);
        cluster.pass(2_000);
        assertThat(hasLeader()).isFalse();
    }

    /** An entry known to be decided is used, even if the corrupt copy has a higher ballot. */
    @Test
    void aDecidedEntrySupersedesACorruptOneWithAHigherBallot() {
        decide(_ -> true, "a", "b", "c");
        Entry first = cluster.peer(1).replica.entry(1).orElseThrow();
        crashAll();
        restart(2);
        assertThat(cluster.peer(2).status().commit())
                .as("written together with the third entry")
                .isEqualTo(2);
        Ballot higher = new Ballot(first.ballot().round() + 1, 1);
        cluster.start(
                new NodeId(1),
                new DurableState(
                        higher,
                        0,
                        0,
                        List.of(new Entry(1, higher, first.payload())),
                        new TreeMap<>(Map.of(2L, higher)),
                        null,
                        ReplicaCluster.membership(3)));
        cluster.leader();
        cluster.pass(100);
        assertThat(commands(1)).containsExactly("a", "b", "c");
    }
}
