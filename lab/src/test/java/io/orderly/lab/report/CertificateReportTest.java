package io.orderly.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.conformance.Certificate;
import io.orderly.lab.conformance.Rule;
import io.orderly.lab.conformance.RuleResult;
import io.orderly.lab.conformance.RuleResult.Kind;
import io.orderly.lab.conformance.RuleResult.Line;
import io.orderly.lab.conformance.Rules;
import io.orderly.lab.conformance.Subject;
import io.orderly.lab.conformance.Verdict;
import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Verdict.Passed;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The reports of a certification, of a participant that sends hostile texts. */
class CertificateReportTest {

    static final String HOSTILE = "<script>window.hacked=1</script> ]]> & \u001b[31m \"'";
    private static final List<Rule> RULES = Rules.of(new Subject.Shipping("DE"));

    @Test
    void thePageIsWellFormedAndShowsVerdictsExchangesAndSeed() throws Exception {
        String html = HtmlReport.of(certificate(new Passed(), new Failed(HOSTILE), new NotDecided("no restart")));
        String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
        parse(body);
        assertThat(body)
                .doesNotContain("<script")
                .contains("One rule is broken", "✓ passed", "✗ failed", "? not decided", "no restart")
                .contains("<dt>seed</dt><dd>4711,", "<dt>broker</dt><dd>kafka:9092</dd>")
                .contains("<td>received</td><td>ShipmentBooked</td><td>&lt;script&gt;");
    }

    @Test
    void thePageSaysThatAllRulesAreKeptOnlyIfTheyAre() {
        assertThat(HtmlReport.of(certificate(new Passed(), new Passed()))).contains("All rules are kept");
        assertThat(HtmlReport.of(certificate(new Passed(), new NotDecided("no restart"))))
                .contains("No rule is broken, but not all are decided")
                .doesNotContain("All rules are kept");
    }

    @Test
    void aRuleIsATestCaseOfJUnit() throws Exception {
        Document xml =
                parse(JUnitReport.of(certificate(new Passed(), new Failed(HOSTILE), new NotDecided("no restart"))));
        Element suite = xml.getDocumentElement();
        assertThat(suite.getAttribute("name")).isEqualTo("certify.shipping");
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getAttribute("time")).isEqualTo("4.500");
        var cases = suite.getElementsByTagName("testcase");
        assertThat(((Element) cases.item(0)).getAttribute("name"))
                .isEqualTo(RULES.getFirst().id());
        var failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("<script>", "\\u001b");
        assertThat(failure.getTextContent()).contains(RULES.get(1).title(), "0.250 s  received     ShipmentBooked");
        assertThat(((Element) suite.getElementsByTagName("skipped").item(0)).getAttribute("message"))
                .isEqualTo("no restart");
    }

    @Test
    void theTerminalShowsTheExchangeOfAFailureOnly() {
        Certificate certificate = certificate(new Passed(), new Failed(HOSTILE), new NotDecided("no restart"));
        assertThat(ConsoleReport.of(certificate.results().get(0))).hasSize(1);
        assertThat(ConsoleReport.of(certificate.results().get(1)))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).doesNotContain("\u001b["))
                .first()
                .satisfies(line -> assertThat(line).startsWith("  failed       envelope"));
        assertThat(ConsoleReport.of(certificate.results().get(2))).hasSize(2);
        assertThat(certificate.summary()).isEqualTo("shipping: 1 rules passed, 1 failed, 1 not decided");
    }

    static Certificate certificate(Verdict... verdicts) {
        var results = new ArrayList<RuleResult>();
        for (Verdict verdict : verdicts) {
            var line = new Line(
                    Duration.ofMillis(250), Kind.RECEIVED, "ShipmentBooked", HOSTILE.replace("\u001b", "\\u001b"));
            results.add(new RuleResult(RULES.get(results.size()), verdict, List.of(line), Duration.ofMillis(1_500)));
        }
        return new Certificate(
                "shipping", Instant.parse("2026-11-30T12:00:00Z"), 4711, Map.of("broker", "kafka:9092"), results);
    }

    private static Document parse(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}
