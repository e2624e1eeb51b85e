package io.orderly.lab.run;

import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.PhaseResult;
import io.orderly.lab.run.RunResult.CustomerOutcome;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** Sorts what became of orders, as their customers know it. */
final class CustomerOutcomes {

    private CustomerOutcomes() {}

    static Map<CustomerOutcome, Long> of(Collection<PhaseResult> phases) {
        Map<CustomerOutcome, Long> fates = new EnumMap<>(CustomerOutcome.class);
        for (CustomerOutcome fate : CustomerOutcome.values()) {
            fates.put(fate, 0L);
        }
        for (PhaseResult phase : phases) {
            long told = phase.refused();
            fates.merge(CustomerOutcome.FAILED, phase.refused(), Long::sum);
            for (OrderOutcome outcome : OrderOutcome.values()) {
                long count = phase.outcomes().getOrDefault(outcome, 0L);
                fates.merge(fateOf(outcome), count, Long::sum);
                told += count;
            }
            fates.merge(CustomerOutcome.UNKNOWN, Math.max(0, phase.sent() - told), Long::sum);
        }
        return fates;
    }

    private static CustomerOutcome fateOf(OrderOutcome outcome) {
        return switch (outcome) {
            case CONFIRMED, SERVED -> CustomerOutcome.CONFIRMED;
            case REJECTED, CANCELLED -> CustomerOutcome.COMPENSATED;
            case PARKED -> CustomerOutcome.FAILED;
        };
    }
}
