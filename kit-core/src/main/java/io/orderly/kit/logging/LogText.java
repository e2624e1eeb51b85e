package io.orderly.kit.logging;

import io.orderly.contracts.Printable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes text printable for the log. */
final class LogText {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_LINES = 50;

    private LogText() {}

    /** An argument of a log statement: one line. */
    static String argument(@Nullable String text) {
        return Printable.of(text, MAX_LENGTH);
    }

    /**
     * Text of several lines. Lines after the first are indented, so that none looks like the beginning of a log event.
     */
    static String multiLine(String text) {
        return text.lines()
                .limit(MAX_LINES)
                .map(line -> Printable.of(line.replace("\t", "    "), MAX_LENGTH))
                .collect(Collectors.joining("\n\t"));
    }
}
