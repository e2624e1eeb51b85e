package io.orderly.lab.report;

import io.orderly.lab.conformance.RuleResult;
import io.orderly.lab.conformance.RuleResult.Kind;
import io.orderly.lab.conformance.RuleResult.Line;
import java.util.List;
import java.util.Locale;

/** The exchange of a rule as lines of text. */
final class ExchangeText {

    private ExchangeText() {}

    static List<String> of(RuleResult result) {
        return result.exchange().stream().map(ExchangeText::of).toList();
    }

    private static String of(Line line) {
        return String.format(
                        Locale.ROOT,
                        "%8.3f s  %-11s  %s  %s",
                        line.at().toNanos() / 1e9,
                        inWords(line.kind()),
                        line.what(),
                        line.text())
                .stripTrailing();
    }

    static String inWords(Kind kind) {
        return switch (kind) {
            case SENT -> "sent";
            case RECEIVED -> "received";
            case DEAD_LETTER -> "dead letter";
            case RESTARTED -> "restart";
        };
    }
}
