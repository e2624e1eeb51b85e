package io.orderly.lab.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.orderly.lab.run.ExperimentResult;
import java.util.regex.Pattern;

/** The report of an experiment as a page of HTML. Its templates are in {@code src/main/jte} and are compiled with this module. */
public final class HtmlReport {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, HtmlReport.class.getClassLoader(), HtmlReport.class.getPackageName());

    /** Characters that a document must not contain: controls except line breaks and tabs, and halves of a surrogate pair. */
    private static final Pattern ILLEGAL = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n\\t]]");

    private HtmlReport() {}

    /** @return the page; characters of the result that HTML does not allow are replaced by U+FFFD */
    public static String of(ExperimentResult result) {
        var page = new StringOutput();
        TEMPLATES.render("report.jte", new ReportPage(result), page);
        return ILLEGAL.matcher(page.toString()).replaceAll("\uFFFD");
    }
}
