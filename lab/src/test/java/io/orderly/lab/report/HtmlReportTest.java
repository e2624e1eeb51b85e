package io.orderly.lab.report;

import static io.orderly.lab.report.SampleResults.SAGA;
import static io.orderly.lab.report.SampleResults.WRONG;
import static io.orderly.lab.report.SampleResults.expectation;
import static io.orderly.lab.report.SampleResults.result;
import static io.orderly.lab.report.SampleResults.run;
import static io.orderly.lab.report.SampleResults.withoutRecovery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orderly.lab.experiment.Metric;
import io.orderly.lab.run.Comparison;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.ExperimentResult.ExpectationStatus;
import io.orderly.lab.run.Measured.Bound;
import io.orderly.lab.run.RunResult;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class HtmlReportTest {

    @Test
    void isWellFormedAndEscapesHostileData() throws Exception {
        String html = HtmlReport.of(result(List.of(), run(SAGA, 1, 20, 0), run(WRONG, 1, 2, 3)));
        String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(body)));
        assertThat(body).doesNotContain("<script").contains("&lt;script&gt;");
    }

    @Test
    void summaryNamesTheWinnerTheFactorAndTheViolations() {
        Summary summary = Summary.of(result(List.of(), pairs(20, 2, 3)), SampleResults.HOT);
        assertThat(summary.headline()).isEqualTo("saga wins");
        assertThat(summary.text())
                .contains("Saga has 10 times the goodput (10 to 10) of two-phase-commit")
                .contains("Saga had no violations")
                .contains("two-phase-commit had 3 violations")
                .contains("7 locks in doubt, for up to 4.5 s")
                .contains("3 orders have no known outcome");
    }

    @Test
    void summaryRanksCorrectnessBeforeSpeed() {
        Summary summary = Summary.of(result(List.of(), pairs(5, 50, 1)), SampleResults.HOT);
        assertThat(summary.winner()).isEqualTo("saga");
        assertThat(summary.text()).contains("Saga has 0.1 times the goodput");
    }

    @Test
    void summaryNamesTheAntiPatternIfItWins() {
        Summary summary = Summary.of(result(List.of(), pairs(5, 50, 0)), SampleResults.HOT);
        assertThat(summary.winner()).isEqualTo("two-phase-commit");
    }

    @Test
    void fewPairsDecideNoSpeed() {
        RunResult[] pairs = pairs(20, 2, 0);
        ExperimentResult result = result(List.of(), Arrays.copyOf(pairs, pairs.length - 1));
        Summary summary = Summary.of(result, SampleResults.HOT);
        assertThat(summary.headline()).isEqualTo("Not decided");
        assertThat(summary.text()).contains("by 5 of the 6 pairs of runs that an interval needs");
        assertThat(HtmlReport.of(result)).contains("0.1<small> no interval: 5 of 6 pairs</small>");
    }

    @Test
    void showsRatioAndIntervalInEachRow() {
        RunResult[] pairs = pairs(20, 2, 0);
        pairs[0] = run(SAGA, 1, 10, 0);
        ExperimentResult result = result(List.of(), pairs);
        assertThat(HtmlReport.of(result))
                .contains("<th class=\"number\">two-phase-commit / saga</th>")
                .containsPattern("<td class=\"number\">0\\.112<small> 0\\.1 to 0\\.1\\d+</small></td>")
                .contains("1<small> 1 to 1, not decided</small>");
        assertThat(ConsoleReport.of(result))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("    goodput, orders/s, during: saga 20 (10 to 20); two-phase-commit 2; "
                                + "two-phase-commit / saga 0.112 (0.1 to 0.1"));
    }

    @Test
    void drawsAllRunsAndTheirMedianAndTheEndOfEachOrder() {
        String several = HtmlReport.of(result(List.of(), pairs(20, 2, 0)));
        assertThat(several.split("class=\"line s0 thin\"", -1)).hasSizeGreaterThan(Comparison.LEAST_PAIRS);
        assertThat(several)
                .containsPattern("class=\"dots fate-confirmed\" d=\"M[0-9.]+ [0-9.]+h0\"")
                .containsPattern("class=\"dots fate-compensated\" d=\"M[0-9.]+ [0-9.]+h3\"");
        assertThat(HtmlReport.of(result(List.of(), run(SAGA, 1, 20, 0), run(WRONG, 1, 2, 0))))
                .doesNotContain("thin\"");
    }

    @Test
    void theMedianLineIsTheMiddleOfTheRunsInEachSecond() {
        List<RunResult> runs = List.of(run(SAGA, 1, 10, 0), run(SAGA, 2, 40, 0), run(SAGA, 3, 20, 0));
        Chart goodput = new RunCharts(
                        runs.subList(0, 1), runs, result(List.of()).experiment())
                .all()
                .getFirst();
        assertThat(goodput.lines()).hasSize(4);
        assertThat(goodput.named())
                .singleElement()
                .satisfies(median -> assertThat(median.points())
                        .hasSize(30)
                        .extracting(Chart.Point::y)
                        .containsOnly(0.0, 20.0));
    }

    @Test
    void showsWhatWasSentAndTheClientsOfEachArm() {
        assertThat(HtmlReport.of(result(List.of(), run(SAGA, 1, 20, 0), run(WRONG, 1, 2, 0))))
                .contains("20.0 orders/s of 20; 0 requests repeated, 0 orders refused, 0 given up")
                .contains("saga is POST /orders, clients: retry-after, timeout 10000 ms")
                .contains("94fe776d");
    }

    /** As many pairs as an interval needs. */
    private static RunResult[] pairs(double saga, double wrong, int violations) {
        return LongStream.rangeClosed(1, Comparison.LEAST_PAIRS)
                .boxed()
                .flatMap(seed -> Stream.of(run(SAGA, seed, saga, 0), run(WRONG, seed, wrong, violations)))
                .toArray(RunResult[]::new);
    }

    @Test
    void excludesInvalidRunsFromFiguresButCountsTheirViolations() {
        ExperimentResult result = result(
                List.of(
                        expectation(Metric.GOODPUT, "saga", null, 100.0, null),
                        expectation(Metric.VIOLATIONS, "saga", null, null, 0.0)),
                run(SAGA, 1, 1, 2, "a fault had no effect"),
                run(SAGA, 2, 120, 0),
                run(WRONG, 1, 2, 0));
        assertThat(result.checked())
                .extracting(ExperimentResult.CheckedExpectation::status)
                .containsExactly(ExpectationStatus.MET, ExpectationStatus.NOT_MET);
        assertThat(HtmlReport.of(result))
                .contains("Invalid run, excluded from all figures: saga with seed 1. a fault had no effect")
                .contains("1 of 2");
    }

    @Test
    void aRunThatDidNotRecoverTakesAtLeastTheTimeThatWasObserved() {
        ExperimentResult result =
                result(List.of(), run(WRONG, 1, 2, 0), withoutRecovery(run(WRONG, 2, 2, 0)), run(WRONG, 3, 2, 0));
        assertThat(HtmlReport.of(result)).contains("3<small> 3 to ≥ 20</small>");
    }

    @Test
    void showsACensoredPercentileAsALowerBoundWithItsNumberOfOrders() {
        assertThat(HtmlReport.of(result(List.of(), run(SAGA, 1, 20, 0), run(WRONG, 1, 2, 3))))
                .contains("80<small> n = 200</small>", "≥ 30 s<small> n = 200</small>")
                .doesNotContain("p99, ms");
    }

    @Test
    void decidesAnExpectationOfACensoredPercentileOnlyByItsBound() {
        ExperimentResult result = result(
                List.of(
                        expectation(Metric.P90, "two-phase-commit", null, 29_000.0, null),
                        expectation(Metric.P90, "two-phase-commit", null, null, 29_000.0),
                        expectation(Metric.P90, "two-phase-commit", null, 60_000.0, null),
                        expectation(Metric.P90, "two-phase-commit", "saga", 100.0, null),
                        expectation(Metric.P99, "saga", null, null, 1_000.0)),
                run(SAGA, 1, 20, 0),
                run(WRONG, 1, 2, 3));
        assertThat(result.checked())
                .extracting(ExperimentResult.CheckedExpectation::status)
                .containsExactly(
                        ExpectationStatus.MET,
                        ExpectationStatus.NOT_MET,
                        ExpectationStatus.NOT_DECIDED,
                        ExpectationStatus.MET,
                        ExpectationStatus.NOT_DECIDED);
    }

    @Test
    void decidesNothingWithoutAValidRun() {
        ExperimentResult result = result(
                List.of(expectation(Metric.GOODPUT, "saga", "two-phase-commit", 5.0, null)),
                run(SAGA, 1, 20, 0, "late"),
                run(WRONG, 1, 2, 0));
        assertThat(result.status()).isEqualTo(ExpectationStatus.NOT_DECIDED);
        assertThat(Summary.of(result, SampleResults.HOT).headline()).isEqualTo("Not decided");
    }

    @Test
    void dividesTheMetricOfOneArmByThatOfAnother() {
        ExperimentResult result = result(
                List.of(
                        expectation(Metric.GOODPUT, "saga", "two-phase-commit", 5.0, null),
                        expectation(Metric.GOODPUT, "saga", "two-phase-commit", 11.0, null)),
                run(SAGA, 1, 20, 0),
                run(WRONG, 1, 2, 0));
        assertThat(result.checked())
                .extracting(ExperimentResult.CheckedExpectation::status)
                .containsExactly(ExpectationStatus.MET, ExpectationStatus.NOT_MET);
        assertThat(result.checked().getFirst().value()).satisfies(value -> {
            assertThat(value.value()).isCloseTo(10, within(1e-9));
            assertThat(value.bound()).isEqualTo(Bound.EXACT);
        });
    }
}
