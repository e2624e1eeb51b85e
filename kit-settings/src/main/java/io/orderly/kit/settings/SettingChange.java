package io.orderly.kit.settings;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A change of a setting, as its history has it: four lines.
 *
 * @param at when, by the wall clock of the service that wrote it
 * @param by who
 * @param from the value that was stored before; empty if there was none
 * @param to the new value; empty if it was deleted, so that the configured one applies
 */
record SettingChange(Instant at, String by, String from, String to) {

    SettingChange {
        by = oneLine(by);
        from = oneLine(from);
        to = oneLine(to);
    }

    String text() {
        return String.join("\n", at.toString(), by, from, to);
    }

    /** Empty if it is no text of a change. */
    static Optional<SettingChange> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SettingChange(Instant.parse(lines[0]), lines[1], lines[2], lines[3]));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
