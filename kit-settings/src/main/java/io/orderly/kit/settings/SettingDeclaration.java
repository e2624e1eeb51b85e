package io.orderly.kit.settings;

import io.orderly.coordinator.client.SettingType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/**
 * What a service allows for one of its settings. Secrets are no settings: values are shown and kept in a history.
 *
 * @param name lower-case words, digits, dots and hyphens, unique in the service
 * @param type reads a text, and refuses what is out of range
 * @param writer the text of a value, which {@code type} reads
 * @param configured the value while none is stored
 * @param range the allowed values, for people
 * @param description the consequence of other values, for people
 * @param <T> the type of the values
 */
public record SettingDeclaration<T>(
        String name, SettingType<T> type, Function<T, String> writer, T configured, String range, String description) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

    /** @throws IllegalArgumentException if the name is malformed, or the configured value is out of range */
    public SettingDeclaration {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'%s' is no name of a setting".formatted(name));
        }
        type.read(writer.apply(configured));
    }

    /** A duration, such as {@code 250ms} or {@code 30s}; both limits are allowed values. Its resolution is a millisecond. */
    public static SettingDeclaration<Duration> duration(
            String name, Duration configured, Duration min, Duration max, String description) {
        String range = "%s to %s".formatted(millis(min), millis(max));
        SettingType<Duration> type = SettingType.of(DurationStyle::detectAndParse)
                .that(value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0, "allowed is " + range);
        return new SettingDeclaration<>(name, type, SettingDeclaration::millis, configured, range, description);
    }

    /** An integer; both limits are allowed values. */
    public static SettingDeclaration<Integer> integer(
            String name, int configured, int min, int max, String description) {
        String range = "%d to %d".formatted(min, max);
        SettingType<Integer> type =
                SettingType.of(Integer::valueOf).that(value -> value >= min && value <= max, "allowed is " + range);
        return new SettingDeclaration<>(name, type, String::valueOf, configured, range, description);
    }

    /** A feature that is on or off. */
    public static SettingDeclaration<Boolean> flag(String name, boolean configured, String description) {
        return new SettingDeclaration<>(
                name, SettingType.BOOLEAN, String::valueOf, configured, "true or false", description);
    }

    private static String millis(Duration duration) {
        return DurationStyle.SIMPLE.print(duration, ChronoUnit.MILLIS);
    }
}
