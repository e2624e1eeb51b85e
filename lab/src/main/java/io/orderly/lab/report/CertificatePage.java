package io.orderly.lab.report;

import io.orderly.lab.conformance.Certificate;
import io.orderly.lab.conformance.RuleResult;
import io.orderly.lab.conformance.RuleResult.Kind;
import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Verdict.Passed;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What the template of a certification shows of its result. */
record CertificatePage(Certificate certificate) {

    String styleSheet() {
        return HtmlReport.styleSheet();
    }

    String headline() {
        if (certificate.failed() > 0) {
            return certificate.failed() == 1 ? "One rule is broken" : certificate.failed() + " rules are broken";
        }
        return certificate.notDecided() == 0 ? "All rules are kept" : "No rule is broken, but not all are decided";
    }

    /** The CSS class of the headline. */
    String headlineStyle() {
        return certificate.failed() > 0 ? "bad" : certificate.notDecided() == 0 ? "good" : "none";
    }

    String inWords(RuleResult result) {
        return switch (result.verdict()) {
            case Passed _ -> "✓ passed";
            case Failed _ -> "✗ failed";
            case NotDecided _ -> "? not decided";
        };
    }

    /** The CSS class of a verdict. */
    String style(RuleResult result) {
        return switch (result.verdict()) {
            case Passed _ -> "good";
            case Failed _ -> "bad";
            case NotDecided _ -> "undecided";
        };
    }

    boolean isFailure(RuleResult result) {
        return result.verdict() instanceof Failed;
    }

    String inWords(Kind kind) {
        return ExchangeText.inWords(kind);
    }

    String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }

    String begun() {
        return certificate.at().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
