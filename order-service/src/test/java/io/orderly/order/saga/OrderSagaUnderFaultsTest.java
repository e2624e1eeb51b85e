package io.orderly.order.saga;

import io.orderly.order.saga.SagaState.Cancelled;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Rejected;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/**
 * Under any network faults a saga ends, with every step completed once or every step compensated, and publishes when it is
 * parked.
 */
class OrderSagaUnderFaultsTest {

    @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
    void endsWithEveryStepCompletedOnceOrEveryStepCompensated(@ForAll long seed) {
        var simulation = new FaultSimulation(seed);
        try {
            simulation.injectFaults((int) Math.floorMod(seed, 60L));
            simulation.runWithoutFaults();
            simulation.verifyEnd();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + simulation, e);
        }
        String end = simulation.state().getClass().getSimpleName();
        Statistics.label("ends").collect(end).coverage(coverage -> {
            coverage.check(Confirmed.class.getSimpleName()).percentage(share -> share > 10);
            coverage.check(Rejected.class.getSimpleName()).percentage(share -> share > 10);
            coverage.check(Cancelled.class.getSimpleName()).percentage(share -> share > 5);
        });
        Statistics.label("was parked")
                .collect(simulation.everParked())
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
    }
}
