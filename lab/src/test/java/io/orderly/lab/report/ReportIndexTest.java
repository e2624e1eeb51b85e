package io.orderly.lab.report;

import static io.orderly.lab.report.SampleResults.SAGA;
import static io.orderly.lab.report.SampleResults.expectation;
import static io.orderly.lab.report.SampleResults.result;
import static io.orderly.lab.report.SampleResults.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.experiment.Metric;
import io.orderly.lab.run.ExperimentResult;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportIndexTest {

    @TempDir
    private Path reports;

    @Test
    void listsEachRunWithItsVerdictAndKeepsItsReport() throws Exception {
        ReportIndex.add(reports, met());
        ReportIndex.add(
                reports,
                later(result(List.of(expectation(Metric.GOODPUT, "saga", null, 100.0, null)), run(SAGA, 1, 20, 0))));

        String page = Files.readString(reports.resolve("index.html"));
        assertThat(page)
                .contains("<a href=\"runs/20261123-150000-sample.html\">sample</a>")
                .contains("<a href=\"runs/20261123-160000-sample.html\">sample</a>")
                .contains("2026-11-23T15:00:00Z", "94fe776d", "./run lab sample", "✓ met", "✗ not met");
        assertThat(page.indexOf("160000")).isLessThan(page.indexOf("150000"));
        assertThat(reports.resolve("runs/20261123-150000-sample.html"))
                .content()
                .contains("One against the other");
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(
                        new StringReader(page.substring(page.indexOf("<body>"), page.indexOf("</html>")))));
    }

    @Test
    void leavesOutALineThatWasWrittenInPart() throws Exception {
        Files.writeString(reports.resolve("runs.jsonl"), "{\"at\":\"2026\n", StandardOpenOption.CREATE);
        ReportIndex.add(reports, met());
        assertThat(Files.readString(reports.resolve("index.html")).split("<a href=", -1))
                .hasSize(2);
    }

    private static ExperimentResult met() {
        return result(List.of(expectation(Metric.VIOLATIONS, "saga", null, null, 0.0)), run(SAGA, 1, 20, 0));
    }

    private static ExperimentResult later(ExperimentResult result) {
        return new ExperimentResult(
                result.experiment(),
                result.command(),
                result.commit(),
                result.seed(),
                result.extent(),
                result.at().plus(Duration.ofHours(1)),
                result.machine(),
                result.runs(),
                result.isPartial());
    }
}
