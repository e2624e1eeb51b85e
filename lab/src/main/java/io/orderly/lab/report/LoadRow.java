package io.orderly.lab.report;

import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.experiment.Experiment.Scenario;
import io.orderly.lab.load.PhaseResult;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.RunResult;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What the clients of each arm sent in a phase, in all valid runs together.
 *
 * @param cells one for each arm
 */
record LoadRow(String phase, List<String> cells) {

    private static final List<PhaseName> PHASES = List.of(PhaseName.BEFORE, PhaseName.DURING, PhaseName.AFTER);

    static List<LoadRow> of(ExperimentResult result, Scenario scenario) {
        return PHASES.stream()
                .map(phase -> new LoadRow(
                        phase.toString(),
                        result.experiment().arms().stream()
                                .map(arm -> cell(result.valid(arm, scenario), phase))
                                .toList()))
                .toList();
    }

    private static String cell(List<RunResult> runs, PhaseName phase) {
        List<PhaseResult> results = runs.stream()
                .flatMap(run -> Stream.ofNullable(run.phases().get(phase)))
                .toList();
        if (results.isEmpty()) {
            return Figure.UNKNOWN;
        }
        double asked = results.getFirst().phase().ordersPerSecond();
        double sent = results.stream()
                .mapToDouble(PhaseResult::sentPerSecond)
                .average()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%.1f orders/s%s; %,d requests repeated, %,d orders refused, %,d given up",
                sent,
                // a constant number of orders in flight has no rate
                asked == 0 ? "" : " of " + Axis.label(asked),
                sum(results, PhaseResult::repeated),
                sum(results, PhaseResult::refused),
                sum(results, PhaseResult::unanswered));
    }

    private static long sum(List<PhaseResult> results, ToLongFunction<PhaseResult> count) {
        return results.stream().mapToLong(count).sum();
    }
}
