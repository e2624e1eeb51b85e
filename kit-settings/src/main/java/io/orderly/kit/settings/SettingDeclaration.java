package io.orderly.kit.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;

/**
 * What a service allows for one of its settings. Secrets are no settings: values are shown and kept in a history.
 *
 * @param name lower-case words, digits, dots and hyphens, unique in the service
 * @param reader the value of a text; throws an {@link IllegalArgumentException} if it is malformed or out of range
 * @param writer the text of a value, which {@code reader} accepts
 * @param configured the value while none is stored
 * @param range the allowed values, for people
 * @param description the consequence of other values, for people
 * @param <T> the type of the values
 */
public record SettingDeclaration<T>(
        String name,
        Function<String, T> reader,
        Function<T, String> writer,
        T configured,
        String range,
        String description) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

    /** @throws IllegalArgumentException if the name is malformed, or the configured value is out of range */
    public SettingDeclaration {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'%s' is no name of a setting".formatted(name));
        }
        reader.apply(writer.apply(configured));
    }

    /** A duration, such as {@code 250ms} or {@code 30s}; both limits are allowed values. Its resolution is a millisecond. */
    public static SettingDeclaration<Duration> duration(
            String name, Duration configured, Duration min, Duration max, String description) {
        String range = "%s to %s".formatted(text(min), text(max));
        return new SettingDeclaration<>(
                name,
                inRange(DurationStyle::detectAndParse, min, max, range),
                SettingDeclaration::text,
                configured,
                range,
                description);
    }

    /** An integer; both limits are allowed values. */
    public static SettingDeclaration<Integer> integer(
            String name, int configured, int min, int max, String description) {
        String range = "%d to %d".formatted(min, max);
        return new SettingDeclaration<>(
                name, inRange(Integer::valueOf, min, max, range), String::valueOf, configured, range, description);
    }

    /** An amount of money in a currency that the description names, such as {@code 250.00}; both limits are allowed values. */
    public static SettingDeclaration<BigDecimal> amount(
            String name, BigDecimal configured, BigDecimal min, BigDecimal max, String description) {
        String range = "%s to %s".formatted(min.toPlainString(), max.toPlainString());
        return new SettingDeclaration<>(
                name,
                inRange(BigDecimal::new, min, max, range),
                BigDecimal::toPlainString,
                configured,
                range,
                description);
    }

    /** A feature that is on or off. */
    public static SettingDeclaration<Boolean> flag(String name, boolean configured, String description) {
        return new SettingDeclaration<>(
                name, SettingDeclaration::flag, String::valueOf, configured, "true or false", description);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'%s' is neither true nor false".formatted(text));
        };
    }

    private static <T extends Comparable<T>> Function<String, T> inRange(
            Function<String, T> parser, T min, T max, String range) {
        return text -> {
            T value;
            try {
                value = parser.apply(text);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("'%s' is not valid: %s".formatted(text, e.getMessage()), e);
            }
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                throw new IllegalArgumentException("'%s' is not valid: allowed is %s".formatted(text, range));
            }
            return value;
        };
    }

    /** In the largest unit without a remainder. */
    private static String text(Duration duration) {
        ChronoUnit unit = Stream.of(ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS)
                .filter(larger -> !duration.isZero()
                        && duration.toMillis() % larger.getDuration().toMillis() == 0)
                .findFirst()
                .orElse(ChronoUnit.MILLIS);
        return DurationStyle.SIMPLE.print(duration, unit);
    }
}
