package io.orderly.lab.trial;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text with placeholders, such as {@code ${port.shop}}. {@code ${n%5}} is the remainder of the number {@code n}. */
record Template(String text) {

    /** The name of the only value that is a number. */
    static final String NUMBER = "n";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern REMAINDER = Pattern.compile("n%([1-9][0-9]{0,8})");

    /** This template with some values; the other placeholders remain. */
    Template with(Map<String, String> values) {
        return new Template(PLACEHOLDER.matcher(text).replaceAll(placeholder -> {
            String value = value(placeholder.group(1), values);
            return Matcher.quoteReplacement(value == null ? placeholder.group() : value);
        }));
    }

    /** The first placeholder that is left, with its braces. */
    Optional<String> placeholder() {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        return placeholder.find() ? Optional.of(placeholder.group()) : Optional.empty();
    }

    private static @Nullable String value(String name, Map<String, String> values) {
        Matcher remainder = REMAINDER.matcher(name);
        String number = values.get(NUMBER);
        return remainder.matches() && number != null
                ? Long.toString(Long.parseLong(number) % Long.parseLong(remainder.group(1)))
                : values.get(name);
    }
}
