package io.orderly.lab.run;

import io.orderly.lab.load.Outcome;
import io.orderly.lab.load.PhaseResult;
import io.orderly.lab.run.RunResult.Fate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** Sorts what became of orders, as their customers know it. */
final class Fates {

    private Fates() {}

    static Map<Fate, Long> of(Collection<PhaseResult> phases) {
        Map<Fate, Long> fates = new EnumMap<>(Fate.class);
        for (Fate fate : Fate.values()) {
            fates.put(fate, 0L);
        }
        for (PhaseResult phase : phases) {
            long told = phase.refused();
            fates.merge(Fate.FAILED, phase.refused(), Long::sum);
            for (Outcome outcome : Outcome.values()) {
                long count = phase.outcomes().getOrDefault(outcome, 0L);
                fates.merge(fateOf(outcome), count, Long::sum);
                told += count;
            }
            fates.merge(Fate.UNKNOWN, Math.max(0, phase.sent() - told), Long::sum);
        }
        return fates;
    }

    private static Fate fateOf(Outcome outcome) {
        return switch (outcome) {
            case CONFIRMED, SERVED -> Fate.CONFIRMED;
            case REJECTED, CANCELLED -> Fate.COMPENSATED;
            case PARKED -> Fate.FAILED;
        };
    }
}
