package io.orderly.lab.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.orderly.lab.conformance.Certificate;
import io.orderly.lab.run.ExperimentResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The report of an experiment, or of a certification, as a page of HTML. Its templates are in {@code src/main/jte} and are compiled with
 * this module.
 */
public final class HtmlReport {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, HtmlReport.class.getClassLoader(), HtmlReport.class.getPackageName());

    /** Characters that a document must not contain: controls except line breaks and tabs, and halves of a surrogate pair. */
    static final Pattern ILLEGAL = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n\\t]]");

    private HtmlReport() {}

    /** @return the page; characters of the result that HTML does not allow are replaced by U+FFFD */
    public static String of(ExperimentResult result) {
        return render("report.jte", new ReportPage(result));
    }

    /** @return the page; characters of the result that HTML does not allow are replaced by U+FFFD */
    public static String of(Certificate certificate) {
        return render("certificate.jte", new CertificatePage(certificate));
    }

    /** @return the page that lists the experiments that were run */
    static String of(List<ReportIndex.Entry> entries) {
        return render("index.jte", entries);
    }

    private static String render(String template, Object model) {
        var page = new StringOutput();
        TEMPLATES.render(template, model, page);
        return ILLEGAL.matcher(page.toString()).replaceAll("\uFFFD");
    }

    static String styleSheet() {
        try (InputStream css = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
