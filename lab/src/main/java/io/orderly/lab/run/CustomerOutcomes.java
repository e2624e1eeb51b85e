package io.orderly.lab.run;

import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.PhaseResult;
import io.orderly.lab.run.RunResult.CustomerOutcome;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** Counts orders by their outcome as known to the customer. */
final class CustomerOutcomes {

    private CustomerOutcomes() {}

    static Map<CustomerOutcome, Long> of(Collection<PhaseResult> phases) {
        Map<CustomerOutcome, Long> counts = new EnumMap<>(CustomerOutcome.class);
        for (CustomerOutcome outcome : CustomerOutcome.values()) {
            counts.put(outcome, 0L);
        }
        for (PhaseResult phase : phases) {
            long known = phase.refused();
            counts.merge(CustomerOutcome.FAILED, phase.refused(), Long::sum);
            for (OrderOutcome outcome : OrderOutcome.values()) {
                long count = phase.outcomes().getOrDefault(outcome, 0L);
                counts.merge(customerOutcomeOf(outcome), count, Long::sum);
                known += count;
            }
            counts.merge(CustomerOutcome.UNKNOWN, Math.max(0, phase.sent() - known), Long::sum);
        }
        return counts;
    }

    static CustomerOutcome customerOutcomeOf(OrderOutcome outcome) {
        return switch (outcome) {
            case CONFIRMED, SERVED -> CustomerOutcome.CONFIRMED;
            case REJECTED, CANCELLED -> CustomerOutcome.COMPENSATED;
            case PARKED -> CustomerOutcome.FAILED;
        };
    }
}
