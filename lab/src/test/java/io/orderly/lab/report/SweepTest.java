package io.orderly.lab.report;

import static io.orderly.lab.report.SampleResults.SAGA;
import static io.orderly.lab.report.SampleResults.WRONG;
import static io.orderly.lab.report.SampleResults.level;
import static io.orderly.lab.report.SampleResults.run;
import static io.orderly.lab.report.SampleResults.sweep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orderly.lab.report.Sweep.Crossing;
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
        ExperimentResult result = result(6, 1, 4, 8, 16, 40, 10);
        Sweep sweep = Sweep.of(result.experiment()).getFirst();
        assertThat(sweep.crossings(result, WRONG)).singleElement().satisfies(crossing -> {
            assertThat(crossing.below()).isEqualTo(4);
            assertThat(crossing.above()).isEqualTo(16);
            // log 2 of log 2 + log 4, on the way from 4 to 16
            assertThat(crossing.at()).isCloseTo(4 * Math.pow(4, 1 / 3.0), within(1e-9));
            assertThat(crossing.isDecided()).isTrue();
        });
        assertThat(sweep.findings(result))
                .containsExactly(
                        "The goodput of two-phase-commit and saga crosses between 4 and 16 orders in flight, at about 6.35.");
    }

    @Test
    void aCrossingOfFewPairsIsNotDecided() {
        ExperimentResult result = result(1, 1, 4, 8, 16, 40, 10);
        assertThat(Sweep.of(result.experiment()).getFirst().findings(result))
                .singleElement()
                .satisfies(finding -> assertThat(finding).endsWith("at about 6.35; this is not decided."));
    }

    @Test
    void anArmWithoutGoodputCrossesInTheMiddle() {
        ExperimentResult result = result(1, 1, 4, 8, 16, 40, 0);
        assertThat(Sweep.of(result.experiment()).getFirst().crossings(result, WRONG))
                .containsExactly(new Crossing(4, 16, 8, false));
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
