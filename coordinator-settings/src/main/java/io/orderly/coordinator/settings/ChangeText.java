package io.orderly.coordinator.settings;

import io.orderly.kit.settings.SettingChange;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A change as the text of its key: time, who, from and to, each a line. */
final class ChangeText {

    private ChangeText() {}

    static String of(SettingChange change) {
        return String.join("\n", change.at().toString(), change.by(), change.from(), change.to());
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
}
