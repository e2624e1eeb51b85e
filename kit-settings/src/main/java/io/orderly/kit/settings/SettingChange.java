package io.orderly.kit.settings;

import java.time.Instant;

/**
 * A change of a setting, as its history has it. Control characters of the texts are replaced by spaces, so each is one line.
 *
 * @param at when, by the wall clock of the service that wrote it
 * @param by who
 * @param from the value that was stored before; empty if there was none
 * @param to the new value; empty if it was deleted, so that the configured one applies
 */
public record SettingChange(Instant at, String by, String from, String to) {

    public SettingChange {
        by = oneLine(by);
        from = oneLine(from);
        to = oneLine(to);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
