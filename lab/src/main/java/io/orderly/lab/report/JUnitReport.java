package io.orderly.lab.report;

import io.orderly.lab.conformance.Certificate;
import io.orderly.lab.conformance.RuleResult;
import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Verdict.Passed;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The result of a certification as JUnit XML, for build servers: a rule is a test case, and one that is not decided is skipped. */
public final class JUnitReport {

    private JUnitReport() {}

    public static String of(Certificate certificate) {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            write(certificate, xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the writer does no I/O", e);
        }
        return text.append(System.lineSeparator()).toString();
    }

    private static void write(Certificate certificate, XMLStreamWriter xml) throws XMLStreamException {
        String suite = "certify." + certificate.participant();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", suite);
        xml.writeAttribute("tests", Integer.toString(certificate.results().size()));
        xml.writeAttribute("failures", Long.toString(certificate.failed()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(certificate.notDecided()));
        xml.writeAttribute(
                "time",
                seconds(certificate.results().stream().map(RuleResult::took).reduce(Duration.ZERO, Duration::plus)));
        xml.writeAttribute("timestamp", certificate.at().toString());
        xml.writeStartElement("properties");
        writeProperty(xml, "seed", Long.toString(certificate.seed()));
        for (Map.Entry<String, String> condition : certificate.conditions().entrySet()) {
            writeProperty(xml, condition.getKey(), condition.getValue());
        }
        xml.writeEndElement();
        for (RuleResult result : certificate.results()) {
            write(result, suite, xml);
        }
        xml.writeEndElement();
    }

    private static void writeProperty(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeEmptyElement("property");
        xml.writeAttribute("name", name);
        xml.writeAttribute("value", legal(value));
    }

    private static void write(RuleResult result, String suite, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", suite);
        xml.writeAttribute("name", result.rule().id());
        xml.writeAttribute("time", seconds(result.took()));
        switch (result.verdict()) {
            case Passed() -> {}
            case Failed(String reason) -> {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", legal(reason));
                xml.writeAttribute("type", "broken rule");
                xml.writeCharacters(legal("%s%n%s"
                        .formatted(
                                result.rule().title(), String.join(System.lineSeparator(), ExchangeText.of(result)))));
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
