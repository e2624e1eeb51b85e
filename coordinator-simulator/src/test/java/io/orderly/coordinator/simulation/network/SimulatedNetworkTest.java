package io.orderly.coordinator.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.VirtualTime;
import io.orderly.coordinator.consensus.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {

    private static final NodeId A = new NodeId(1);
    private static final NodeId B = new NodeId(2);
    private static final int MESSAGES = 1_000;

    private final VirtualTime time = new VirtualTime();
    private final List<Integer> arrived = new ArrayList<>();
    private final SimulatedNetwork<Integer> network = new SimulatedNetwork<>(
            time, new SplittableRandom(1), (from, to, message) -> arrived.add(to.equals(B) ? message : -message));

    @Test
    void aSoundLinkDeliversAllMessagesInOrder() {
        send(A, B);
        assertThat(arrived).hasSize(MESSAGES).isSorted();
    }

    @Test
    void aCutAffectsOneDirectionOnly() {
        network.set(A, B, LinkCondition.CUT);
        send(A, B);
        assertThat(arrived).isEmpty();
        send(B, A);
        assertThat(arrived).hasSize(MESSAGES);
    }

    @Test
    void aHealedNetworkIsSound() {
        network.set(A, B, LinkCondition.CUT);
        network.everywhere(LinkCondition.CUT);
        network.heal();
        send(A, B);
        assertThat(arrived).hasSize(MESSAGES).isSorted();
    }

    @Test
    void losesTheConfiguredShareOfMessages() {
        network.everywhere(new LinkCondition(0.3, 0, false, 500));
        send(A, B);
        assertThat(arrived).hasSizeBetween(650, 750).isSorted();
    }

    @Test
    void duplicatesTheConfiguredShareOfMessages() {
        network.everywhere(new LinkCondition(0, 0.3, false, 500));
        send(A, B);
        assertThat(arrived).hasSizeBetween(1_250, 1_350);
    }

    @Test
    void reordersMessages() {
        network.everywhere(new LinkCondition(0, 0, true, 5_000));
        send(A, B);
        assertThat(arrived).hasSize(MESSAGES);
        assertThat(arrived.stream().sorted().toList()).isNotEqualTo(arrived);
    }

    private void send(NodeId from, NodeId to) {
        for (int i = 0; i < MESSAGES; i++) {
            network.send(from, to, i);
        }
        boolean[] over = new boolean[1];
        time.after(1_000_000, () -> over[0] = true);
        while (!over[0]) {
            time.advance();
        }
    }
}
