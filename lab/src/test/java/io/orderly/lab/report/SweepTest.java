package io.orderly.lab.report;

import static io.orderly.lab.report.SampleResults.SAGA;
import static io.orderly.lab.report.SampleResults.WRONG;
import static io.orderly.lab.report.SampleResults.level;
import static io.orderly.lab.report.SampleResults.run;
import static io.orderly.lab.report.SampleResults.sweep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {

    /** Goodput of saga and two-phase commit with 1, 4 and 16 orders in flight. */
    private static ExperimentResult result(int repeats, double... goodput) {
        List<RunResult> runs = new ArrayList<>();
        for (int level = 0; level < 3; level++) {
            for (int seed = 1; seed <= repeats; seed++) {
                runs.add(level(run(SAGA, seed, goodput[2 * level], 0), 1 << 2 * level));
                runs.add(level(run(WRONG, seed, goodput[2 * level + 1], 0), 1 << 2 * level));
            }
        }
        return sweep(List.of(1, 4, 16), runs);
    }

    @Test
    void findsWhereTheCurvesCross() {
        assertThat(findings(result(6, 1, 4, 8, 16, 40, 10)))
                // equal pairs have no spread
                .containsExactly(
                        "The goodput of two-phase-commit and saga crosses between 4 and 16 orders in flight, at about 6.35"
                                + " (95 % interval: 6.35 to 6.35).");
    }

    @Test
    void aCrossingOfFewPairsIsNotDecided() {
        assertThat(findings(result(1, 1, 4, 8, 16, 40, 10)))
                .singleElement()
                .satisfies(finding -> assertThat(finding).endsWith("at about 6.35; this is not decided."));
    }

    @Test
    void aCrossingThatMayBeBeyondTheLevelsHasAnOpenInterval() {
        List<RunResult> runs = new ArrayList<>();
        for (int seed = 1; seed <= 6; seed++) {
            double ofSaga = seed <= 4 ? 10.2 : 9.9;
            for (int level : List.of(1, 4, 16)) {
                runs.add(level(run(SAGA, seed, level == 16 ? ofSaga : 4, 0), level));
                runs.add(level(run(WRONG, seed, level == 16 ? 10 : 8, 0), level));
            }
        }
        assertThat(findings(sweep(List.of(1, 4, 16), runs)))
                .singleElement()
                .satisfies(finding -> assertThat(finding).endsWith("to above 16)."));
    }

    private static List<String> findings(ExperimentResult result) {
        return Sweep.of(result.experiment()).getFirst().findings(result);
    }

    @Test
    void curvesThatDoNotCrossAreNamed() {
        ExperimentResult result = result(1, 2, 1, 16, 8, 40, 10);
        assertThat(Sweep.of(result.experiment()).getFirst().findings(result))
                .containsExactly("The goodput of two-phase-commit and saga does not cross at these numbers.");
        assertThat(HtmlReport.of(result)).contains("Goodput by orders in flight", "does not cross at these numbers");
    }

    @Test
    void drawsACurveForEachArmWithATickForEachLevel() {
        ExperimentResult result = result(1, 1, 4, 8, 16, 40, 10);
        Chart goodput = Sweep.of(result.experiment()).getFirst().charts(result).getFirst();
        assertThat(goodput.xAxis().ticks()).containsExactly(1.0, 4.0, 16.0);
        assertThat(goodput.xAxis().position(4)).isCloseTo(0.5, within(1e-9));
        assertThat(goodput.lines())
                .extracting(Chart.Line::points)
                .containsExactly(
                        List.of(new Chart.Point(1, 1), new Chart.Point(4, 8), new Chart.Point(16, 40)),
                        List.of(new Chart.Point(1, 4), new Chart.Point(4, 16), new Chart.Point(16, 10)));
    }
}
