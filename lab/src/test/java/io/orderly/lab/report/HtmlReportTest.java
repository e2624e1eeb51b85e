package io.orderly.lab.report;

import static io.orderly.lab.report.SampleResults.SAGA;
import static io.orderly.lab.report.SampleResults.WRONG;
import static io.orderly.lab.report.SampleResults.expectation;
import static io.orderly.lab.report.SampleResults.result;
import static io.orderly.lab.report.SampleResults.run;
import static io.orderly.lab.report.SampleResults.withoutRecovery;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.experiment.Metric;
import io.orderly.lab.run.ExperimentResult;
import io.orderly.lab.run.ExperimentResult.ExpectationStatus;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class HtmlReportTest {

    @Test
    void isWellFormedWhateverTheDataSay() throws Exception {
        String html = HtmlReport.of(result(List.of(), run(SAGA, 1, 20, 0), run(WRONG, 1, 2, 3)));
        String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(body)));
        assertThat(body).doesNotContain("<script").contains("&lt;script&gt;");
    }

    @Test
    void saysWhoWonByHowMuchAndWhatItBroke() {
        ExperimentResult result = result(List.of(), run(SAGA, 1, 20, 0), run(WRONG, 1, 2, 3));
        Summary glance = Summary.of(result, SampleResults.HOT);
        assertThat(glance.headline()).isEqualTo("saga wins");
        assertThat(glance.text())
                .contains("Saga has 10.0 times the goodput")
                .contains("saga broke nothing".replace("saga", "Saga"))
                .contains("two-phase-commit left 3 violations")
                .contains("7 locks in doubt, for up to 4.5 s")
                .contains("of 3 orders nobody was told");
    }

    @Test
    void correctnessComesBeforeSpeed() {
        Summary glance = Summary.of(result(List.of(), run(SAGA, 1, 5, 0), run(WRONG, 1, 50, 1)), SampleResults.HOT);
        assertThat(glance.winner()).isEqualTo("saga");
        assertThat(glance.text()).contains("Two-phase-commit has 10.0 times the goodput");
    }

    @Test
    void theWrongWayMayWin() {
        Summary glance = Summary.of(result(List.of(), run(SAGA, 1, 5, 0), run(WRONG, 1, 50, 0)), SampleResults.HOT);
        assertThat(glance.winner()).isEqualTo("two-phase-commit");
    }

    @Test
    void invalidRunsAreInNoFigureButTheirViolationsCount() {
        ExperimentResult result = result(
                List.of(
                        expectation(Metric.GOODPUT, "saga", null, 100.0, null),
                        expectation(Metric.VIOLATIONS, "saga", null, null, 0.0)),
                run(SAGA, 1, 1, 2, "it was not what it was meant to be"),
                run(SAGA, 2, 120, 0),
                run(WRONG, 1, 2, 0));
        assertThat(result.checked())
                .extracting(ExperimentResult.CheckedExpectation::status)
                .containsExactly(ExpectationStatus.MET, ExpectationStatus.NOT_MET);
        assertThat(HtmlReport.of(result))
                .contains("Invalid, and in no figure: saga with seed 1. it was not what it was meant to be")
                .contains("1 of 2");
    }

    @Test
    void aRunThatDidNotRecoverIsNotPassedOver() {
        ExperimentResult result =
                result(List.of(), run(WRONG, 1, 2, 0), withoutRecovery(run(WRONG, 2, 2, 0)), run(WRONG, 3, 2, 0));
        assertThat(HtmlReport.of(result)).containsOnlyOnce("none in 1 of 3 runs");
        assertThat(HtmlReport.of(result(List.of(), run(WRONG, 1, 2, 0), run(WRONG, 2, 2, 0))))
                .doesNotContain("none in");
    }

    @Test
    void withoutAValidRunNothingIsDecided() {
        ExperimentResult result = result(
                List.of(expectation(Metric.GOODPUT, "saga", "two-phase-commit", 5.0, null)),
                run(SAGA, 1, 20, 0, "late"),
                run(WRONG, 1, 2, 0));
        assertThat(result.status()).isEqualTo(ExpectationStatus.NOT_DECIDED);
        assertThat(Summary.of(result, SampleResults.HOT).headline()).isEqualTo("Not decided");
    }

    @Test
    void aRatioIsOfOneArmToTheOther() {
        ExperimentResult result = result(
                List.of(
                        expectation(Metric.GOODPUT, "saga", "two-phase-commit", 5.0, null),
                        expectation(Metric.GOODPUT, "saga", "two-phase-commit", 11.0, null)),
                run(SAGA, 1, 20, 0),
                run(WRONG, 1, 2, 0));
        assertThat(result.checked())
                .extracting(ExperimentResult.CheckedExpectation::status)
                .containsExactly(ExpectationStatus.MET, ExpectationStatus.NOT_MET);
        assertThat(result.checked().getFirst().value()).isEqualTo(10);
    }
}
