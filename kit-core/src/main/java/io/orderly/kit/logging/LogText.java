package io.orderly.kit.logging;

import io.orderly.contracts.Printable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text as the log shows it. */
final class LogText {

    private static final int LONGEST = 1_000;
    private static final int MOST_LINES = 50;

    private LogText() {}

    /** What a statement was given to fill in: on one line. */
    static String argument(@Nullable String text) {
        return Printable.of(text, LONGEST);
    }

    /** Text from elsewhere, with its line breaks, but no line that looks like the beginning of an event. */
    static String sentences(String text) {
        return text.lines()
                .limit(MOST_LINES)
                .map(line -> Printable.of(line.replace("\t", "    "), LONGEST))
                .collect(Collectors.joining("\n\t"));
    }
}
