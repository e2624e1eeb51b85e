package io.orderly.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Verdict.Passed;
import io.orderly.lab.experiment.Experiment.PhaseName;
import io.orderly.lab.run.EndToEnd;
import io.orderly.lab.run.Machine;
import io.orderly.lab.run.RunResult.FaultSpan;
import io.orderly.lab.trial.InvariantResult;
import io.orderly.lab.trial.TrialReport;
import io.orderly.lab.trial.TrialResult;
import io.orderly.lab.trial.TrialResult.PhaseFigures;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reports of a foreign system that holds, violates and does not answer about an invariant. */
class TrialReportTest {

    private static final TrialResult RUN = new TrialResult(
            "storm",
            7,
            Instant.parse("2026-11-30T12:00:00Z"),
            Duration.ofMillis(1_500),
            Map.of(
                    PhaseName.BEFORE,
                    new PhaseFigures(30, 28, 1, 1, 26, 1, EndToEnd.of(endings(27), 29, Duration.ofSeconds(10)))),
            List.of(new FaultSpan("kill shop", 3, 4.25, "pid 12 was killed")),
            List.of(
                    new InvariantResult("no-loss", new Passed(), List.of()),
                    new InvariantResult("no-debt", new Failed("1 violation"), List.of("id=<1>, balance=-5 ]]>")),
                    new InvariantResult("no-gap", new NotDecided("GET returned 500"), List.of())),
            List.of("payment exited unexpectedly"));

    @Test
    void theTerminalShowsPhasesFaultsAndViolations() {
        assertThat(ConsoleReport.of(RUN))
                .containsExactly(
                        "  before   30 orders: 28 acknowledged, 1 refused, 1 unanswered; 26 ended rightly, 1 wrongly; "
                                + "p50, ms 50.0 (n = 29)",
                        "  kill shop from 3.0 to 4.3 s: pid 12 was killed",
                        "  passed       no-loss",
                        "  failed       no-debt",
                        "      1 violation",
                        "      id=<1>, balance=-5 ]]>",
                        "  not decided  no-gap",
                        "      GET returned 500",
                        "  INVALID: payment exited unexpectedly");
    }

    @Test
    void anInvariantIsATestCaseOfJUnit() throws Exception {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(JUnitReport.of(report()))))
                .getDocumentElement();
        assertThat(suite.getAttribute("name")).isEqualTo("system.shop");
        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("2");
        assertThat(suite.getAttribute("time")).isEqualTo("1.500");
        var debt = (Element) suite.getElementsByTagName("testcase").item(2);
        assertThat(debt.getAttribute("classname")).isEqualTo("system.shop.storm.seed-7");
        assertThat(debt.getAttribute("name")).isEqualTo("no-debt");
        var failure = (Element) debt.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("1 violation");
        assertThat(failure.getTextContent()).isEqualTo("id=<1>, balance=-5 ]]>");
        var skipped = suite.getElementsByTagName("skipped");
        assertThat(((Element) skipped.item(0)).getAttribute("message")).isEqualTo("payment exited unexpectedly");
    }

    @Test
    void jsonSaysWhatHolds() {
        JsonNode run = JsonMapper.shared()
                .readTree(JsonMapper.shared().writeValueAsString(report()))
                .path("runs")
                .path(0);
        assertThat(run.path("violated").asBoolean()).isTrue();
        assertThat(run.path("phases").values())
                .singleElement()
                .satisfies(phase -> assertThat(phase.path("right").asInt()).isEqualTo(26));
        JsonNode debt = run.path("invariants").path(1);
        assertThat(debt.path("outcome").asString("")).isEqualTo("failed");
        assertThat(debt.path("reason").asString("")).isEqualTo("1 violation");
        assertThat(debt.path("violations").path(0).asString("")).isEqualTo("id=<1>, balance=-5 ]]>");
        assertThat(debt.has("verdict")).isFalse();
    }

    @Test
    void aViolationDecidesAlsoWhenTheRunWasNotAsPlanned() {
        assertThat(RUN.isViolated()).isTrue();
        assertThat(RUN.isDecided()).isTrue();
        assertThat(run(List.of("late"), new InvariantResult("no-loss", new Passed(), List.of()))
                        .isDecided())
                .isFalse();
        assertThat(run(List.of(), new InvariantResult("no-loss", new NotDecided("away"), List.of()))
                        .isDecided())
                .isFalse();
        assertThat(run(List.of(), new InvariantResult("no-loss", new Passed(), List.of()))
                        .isDecided())
                .isTrue();
    }

    private static TrialResult run(List<String> validityProblems, InvariantResult invariant) {
        return new TrialResult(
                "calm", 1, RUN.at(), RUN.took(), Map.of(), List.of(), List.of(invariant), validityProblems);
    }

    private static TrialReport report() {
        return new TrialReport(
                "shop", "A shop", 7, "./run lab --system=shop.yaml", RUN.at(), Machine.of(Path.of(".")), List.of(RUN));
    }

    private static Histogram endings(int count) {
        var micros = new Histogram(3);
        micros.recordValueWithCount(50_000, count);
        return micros;
    }
}
