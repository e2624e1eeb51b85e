package io.orderly.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orderly.lab.experiment.Experiment.Load;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The rate before is 10 orders/s, one in each tenth of a second, and the fault is injected at 2 s. The rate is held a tenth before it is
 * as before, since 90% are enough.
 */
class RecoveryTest {

    private final List<Integer> tenths = new ArrayList<>(Collections.nCopies(20, 1));

    @Test
    void countsFromTheInjectionToTheTenthInWhichTheRateIsHeldAgain() {
        lasting(34, 0);
        lasting(60, 1);
        Recovery recovery = recovery(2);
        assertThat(recovery.seconds()).isEqualTo(Measured.exactly(3.3));
        assertThat(recovery.lostOrders()).isCloseTo(34, within(1e-9));
    }

    @Test
    void ninetyPercentAreEnoughAndLessAreNot() {
        for (int i = 0; i < 10; i++) {
            lasting(9, 1);
            lasting(1, 0);
        }
        assertThat(recovery(2).seconds()).isEqualTo(Measured.exactly(0));
        tenths.subList(20, tenths.size()).clear();
        for (int i = 0; i < 10; i++) {
            lasting(8, 1);
            lasting(2, 0);
        }
        assertThat(recovery(2).seconds()).isEqualTo(Measured.atLeast(5));
    }

    @Test
    void aBacklogThatEndsAtOnceDoesNotHoldTheRateOfTheTimeBefore() {
        lasting(60, 0);
        lasting(1, 50);
        lasting(60, 1);
        Recovery recovery = recovery(2);
        assertThat(recovery.seconds().value()).isBetween(5.0, 6.1);
        assertThat(recovery.lostOrders()).isBetween(10.0, 20.0);
    }

    @Test
    void aShortReturnIsNoRecovery() {
        lasting(10, 0);
        lasting(30, 1);
        lasting(30, 0);
        lasting(60, 1);
        assertThat(recovery(2).seconds()).isEqualTo(Measured.exactly(6.9));
        assertThat(recovery(2).lostOrders()).isCloseTo(40, within(1e-9));
    }

    @Test
    void holdingTheRateBeforeTheLastFaultIsNoRecovery() {
        lasting(80, 1);
        lasting(20, 0);
        lasting(60, 1);
        assertThat(recovery(2).seconds()).isEqualTo(Measured.exactly(0));
        assertThat(recovery(10).seconds()).isEqualTo(Measured.exactly(9.9));
    }

    @Test
    void withoutRecoveryTheTimeIsAtLeastWhatWasObserved() {
        lasting(100, 0);
        Recovery recovery = recovery(2);
        assertThat(recovery.seconds()).isEqualTo(Measured.atLeast(5));
        assertThat(recovery.lostOrders()).isCloseTo(100, within(1e-9));
    }

    @Test
    void anOpenLoadLosesNoMoreThanItAsksFor() {
        assertThat(Recovery.rate(new Load.Open(5), 6.7)).isEqualTo(5);
        assertThat(Recovery.rate(new Load.Open(5), 4.2)).isEqualTo(4.2);
        assertThat(Recovery.rate(new Load.Closed(5), 6.7)).isEqualTo(6.7);
    }

    @Test
    void withoutGoodputBeforeThereIsNothingToRecover() {
        assertThat(Recovery.of(new GoodputCurve(tenths), 0, 1, 1, 2)).isNull();
    }

    private void lasting(int count, int orders) {
        tenths.addAll(Collections.nCopies(count, orders));
    }

    private Recovery recovery(double lastInjected) {
        var curve = new GoodputCurve(tenths);
        return Recovery.of(curve, curve.perSecond(0, 2), 2, lastInjected, tenths.size() / 10.0);
    }
}
