package io.orderly.coordinator.client;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The conversion of the stored text of a setting to its value.
 *
 * @param <T> the type of its values
 */
@FunctionalInterface
public interface SettingType<T> {

    SettingType<String> TEXT = text -> text;
    SettingType<Integer> INTEGER = Integer::valueOf;
    SettingType<Duration> DURATION = of(Duration::parse);
    SettingType<Boolean> BOOLEAN = text -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("'%s' is neither true nor false".formatted(text));
    };

    /** @throws IllegalArgumentException if the text is no valid value; the message says why */
    T read(String text);

    /** Values that a function parses; if it throws, the value is invalid. */
    static <T> SettingType<T> of(Function<String, T> reader) {
        return text -> {
            try {
                return reader.apply(text);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("'%s' is not valid: %s".formatted(text, e.getMessage()), e);
            }
        };
    }

    /**
     * The values of this type that satisfy a rule.
     *
     * @param meaning of the rule, for the message about a value that does not satisfy it
     */
    default SettingType<T> that(Predicate<T> rule, String meaning) {
        return text -> {
            T value = read(text);
            if (!rule.test(value)) {
                throw new IllegalArgumentException("'%s' is not valid: %s".formatted(text, meaning));
            }
            return value;
        };
    }
}
