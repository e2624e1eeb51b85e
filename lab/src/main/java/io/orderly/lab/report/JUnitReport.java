package io.orderly.lab.report;

import io.orderly.lab.conformance.Certificate;
import io.orderly.lab.conformance.RuleResult;
import io.orderly.lab.conformance.Verdict;
import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Verdict.Passed;
import io.orderly.lab.trial.InvariantResult;
import io.orderly.lab.trial.TrialReport;
import io.orderly.lab.trial.TrialResult;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Results as JUnit XML, for build servers. A rule of a certification, or an invariant of a run of a foreign system, is a test case; one
 * that is not decided is skipped.
 */
public final class JUnitReport {

    private JUnitReport() {}

    /** @param properties the conditions, by name */
    private record Suite(String name, Instant at, Map<String, String> properties, List<Case> cases) {

        private long count(Class<? extends Verdict> verdict) {
            return cases.stream()
                    .filter(each -> verdict.isInstance(each.verdict()))
                    .count();
        }
    }

    /**
     * @param failure the type of its failure
     * @param details the lines of its failure
     */
    private record Case(
            String group, String name, Duration took, Verdict verdict, String failure, List<String> details) {}

    /** A test case for each rule. */
    public static String of(Certificate certificate) {
        String suite = "certify." + certificate.participant();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("seed", Long.toString(certificate.seed()));
        properties.putAll(certificate.conditions());
        return text(new Suite(
                suite,
                certificate.at(),
                properties,
                certificate.results().stream()
                        .map(result -> caseOf(suite, result))
                        .toList()));
    }

    private static Case caseOf(String suite, RuleResult result) {
        List<String> details = new ArrayList<>(List.of(result.rule().title()));
        details.addAll(ExchangeText.of(result));
        return new Case(suite, result.rule().id(), result.took(), result.verdict(), "broken rule", details);
    }

    /** A test case for each invariant of each run, and one for the run itself, which is not decided if it did not go as planned. */
    public static String of(TrialReport report) {
        String suite = "system." + report.system();
        List<Case> cases = new ArrayList<>();
        for (TrialResult run : report.runs()) {
            String group = "%s.%s.seed-%d".formatted(suite, run.scenario(), run.seed());
            cases.add(new Case(
                    group,
                    "run",
                    run.took(),
                    run.validityProblems().isEmpty()
                            ? new Passed()
                            : new NotDecided(String.join("; ", run.validityProblems())),
                    "",
                    List.of()));
            for (InvariantResult invariant : run.invariants()) {
                cases.add(new Case(
                        group,
                        invariant.name(),
                        Duration.ZERO,
                        invariant.verdict(),
                        "violated invariant",
                        invariant.violations()));
            }
        }
        return text(new Suite(suite, report.at(), Map.of("command", report.command()), cases));
    }

    private static String text(Suite suite) {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            write(suite, xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the writer does no I/O", e);
        }
        return text.append(System.lineSeparator()).toString();
    }

    private static void write(Suite suite, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", suite.name());
        xml.writeAttribute("tests", Integer.toString(suite.cases().size()));
        xml.writeAttribute("failures", Long.toString(suite.count(Failed.class)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(suite.count(NotDecided.class)));
        xml.writeAttribute(
                "time", seconds(suite.cases().stream().map(Case::took).reduce(Duration.ZERO, Duration::plus)));
        xml.writeAttribute("timestamp", suite.at().toString());
        xml.writeStartElement("properties");
        for (Map.Entry<String, String> property : suite.properties().entrySet()) {
            writeProperty(xml, property.getKey(), property.getValue());
        }
        xml.writeEndElement();
        for (Case each : suite.cases()) {
            write(each, xml);
        }
        xml.writeEndElement();
    }

    private static void writeProperty(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeEmptyElement("property");
        xml.writeAttribute("name", name);
        xml.writeAttribute("value", legal(value));
    }

    private static void write(Case of, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", of.group());
        xml.writeAttribute("name", of.name());
        xml.writeAttribute("time", seconds(of.took()));
        switch (of.verdict()) {
            case Passed() -> {}
            case Failed(String reason) -> {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", legal(reason));
                xml.writeAttribute("type", of.failure());
                xml.writeCharacters(legal(String.join(System.lineSeparator(), of.details())));
                xml.writeEndElement();
            }
            case NotDecided(String reason) -> {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", legal(reason));
            }
        }
        xml.writeEndElement();
    }

    private static String legal(String text) {
        return HtmlReport.ILLEGAL.matcher(text).replaceAll("\uFFFD");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }
}
