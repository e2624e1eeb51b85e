package io.orderly.lab.run;

import io.orderly.lab.experiment.Experiment.Load;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.load.PhaseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why a run is no measurement: its load was not what it was meant to be. */
final class ValidityChecks {

    /** Of what is asked, before anything is broken. */
    private static final double LEAST_SHARE = 0.9;

    private static final double LONGEST_LATENESS_MILLIS = 100;

    private ValidityChecks() {}

    static List<String> of(Load load, Map<PhaseName, PhaseResult> phases) {
        List<String> doubts = new ArrayList<>();
        PhaseResult before = phases.get(PhaseName.BEFORE);
        switch (load) {
            case Load.Open(double rate) -> {
                if (before != null && before.endedPerSecond() < LEAST_SHARE * before.sentPerSecond()) {
                    doubts.add(words(
                            "before the fault only %.1f orders/s came to their end, of %.1f sent",
                            before.endedPerSecond(), before.sentPerSecond()));
                }
                phases.forEach((name, phase) -> {
                    // nothing is measured while the system warms up
                    if (name != PhaseName.WARM_UP && phase.lateness().p99Millis() > LONGEST_LATENESS_MILLIS) {
                        doubts.add(words(
                                "the asked rate of %.1f/s was not kept: requests of the phase %s were sent %.0f ms late at p99",
                                rate, name, phase.lateness().p99Millis()));
                    }
                });
            }
            case Load.Closed _ -> {
                if (before != null && before.endedMeanwhile() == 0) {
                    doubts.add("before the fault no order came to its end");
                }
            }
        }
        return doubts;
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
