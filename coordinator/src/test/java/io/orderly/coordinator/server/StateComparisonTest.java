package io.orderly.coordinator.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateComparisonTest {

    private static final NodeId SELF = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);
    private static final NodeId THREE = new NodeId(3);

    private final StateComparison comparison = new StateComparison();
    private long applied;

    /** The hash of the state after a slot, where all is well. */
    private static long hash(long slot) {
        return 1_000 + slot;
    }

    private void apply(long slots) {
        for (long i = 0; i < slots; i++) {
            applied++;
            comparison.applied(applied, () -> hash(applied));
        }
    }

    private void told(NodeId from, long slot, long hash) {
        comparison.told(from, new StateHash(slot, hash), applied, () -> hash(applied));
    }

    @Test
    void equalStatesRaiseNoAlarm() {
        apply(300);
        told(TWO, 256, hash(256));
        told(THREE, 300, hash(300));
        assertThat(comparison.comparisons()).isEqualTo(2);
        assertThat(comparison.differing(SELF)).isEmpty();
    }

    @Test
    void theStateThatDiffersFromTheMajorityIsNamed() {
        apply(300);
        told(TWO, 256, 7);
        assertThat(comparison.differing(SELF)).as("one against one").containsExactly(SELF, TWO);
        told(THREE, 256, hash(256));
        assertThat(comparison.differing(SELF)).containsExactly(TWO);
        told(THREE, 256, 7);
        assertThat(comparison.differing(SELF)).containsExactly(SELF);
    }

    @Test
    void aHashOfALaterSlotIsComparedOnceThatIsApplied() {
        apply(10);
        told(TWO, 100, 7);
        told(TWO, 164, hash(164));
        apply(89);
        assertThat(comparison.comparisons()).isZero();
        apply(1);
        assertThat(comparison.differing(SELF)).containsExactly(SELF, TWO);
    }

    @Test
    void aSlotWhoseHashIsNotKeptIsNotCompared() {
        apply(70_000);
        told(TWO, 69_999, 7);
        told(TWO, 64, 7);
        assertThat(comparison.comparisons()).isZero();
        assertThat(comparison.differing(SELF)).isEmpty();
    }

    @Test
    void nothingFromBeforeARestoredStateIsCompared() {
        apply(130);
        comparison.restored();
        applied = 1_000;
        told(TWO, 128, 7);
        assertThat(comparison.comparisons()).isZero();
        told(TWO, 1_000, hash(1_000));
        assertThat(comparison.comparisons()).isEqualTo(1);
    }

    @Test
    void theAlarmEndsWithEqualStatesOrWithTheMember() {
        apply(200);
        told(TWO, 128, 7);
        told(THREE, 128, hash(128));
        told(TWO, 192, hash(192));
        assertThat(comparison.differing(SELF)).isEmpty();
        told(TWO, 192, 7);
        comparison.retain(List.of(SELF, THREE));
        assertThat(comparison.differing(SELF)).isEmpty();
    }

    @Test
    void theNewestHashThatOthersKeepIsToldAndWhileNothingIsAppliedThatOfTheState() {
        apply(200);
        assertThat(comparison.next(applied, () -> hash(applied))).isEqualTo(new StateHash(192, hash(192)));
        assertThat(comparison.next(applied, () -> hash(applied))).isEqualTo(new StateHash(200, hash(200)));
        apply(1);
        assertThat(comparison.next(applied, () -> hash(applied))).isEqualTo(new StateHash(192, hash(192)));
    }
}
