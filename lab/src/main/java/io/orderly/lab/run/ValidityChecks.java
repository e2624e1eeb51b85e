package io.orderly.lab.run;

import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.load.PhaseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks whether the load of a run was as planned; otherwise the run is not a valid measurement. */
public final class ValidityChecks {

    /** The minimum ratio of completed to sent orders before the fault. */
    private static final double MIN_COMPLETED_SHARE = 0.9;

    private static final double MAX_LATENESS_MILLIS = 100;

    private ValidityChecks() {}

    /** @return the reasons why it was not; empty if it was */
    public static List<String> of(Load load, Map<PhaseName, PhaseResult> phases) {
        List<String> problems = new ArrayList<>();
        PhaseResult before = phases.get(PhaseName.BEFORE);
        switch (load) {
            case Load.Open(double rate) -> {
                if (before != null && before.endedPerSecond() < MIN_COMPLETED_SHARE * before.sentPerSecond()) {
                    problems.add(text(
                            "before the fault only %.1f of %.1f orders/s were completed",
                            before.endedPerSecond(), before.sentPerSecond()));
                }
                phases.forEach((name, phase) -> {
                    // the warm-up is not measured
                    if (name != PhaseName.WARM_UP && phase.lateness().p99Millis() > MAX_LATENESS_MILLIS) {
                        problems.add(text(
                                "the rate of %.1f/s was not kept: requests of the phase %s were sent %.0f ms late at p99",
                                rate, name, phase.lateness().p99Millis()));
                    }
                });
            }
            case Load.Closed _ -> {
                if (before != null && before.endedMeanwhile() == 0) {
                    problems.add("no order was completed before the fault");
                }
            }
        }
        return problems;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
