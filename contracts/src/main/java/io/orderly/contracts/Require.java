package io.orderly.contracts;

import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every record of a message checks of its parts, since JSON may leave out anything. The schemas say the same. */
public final class Require {

    /** Longest name that services give to things of theirs, such as a payment, in characters. */
    public static final int MAX_IDENTIFIER_LENGTH = 64;

    /** Longest sentence for people, in characters; what is longer is cut, not refused. */
    public static final int MAX_PROSE_LENGTH = 1_000;

    private static final String SPACES = " \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
    private static final String UNSTORABLE = "\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff";
    private static final Pattern TEXT =
            Pattern.compile("[" + SPACES + "]*+[^" + SPACES + UNSTORABLE + "][^" + UNSTORABLE + "]*+");
    private static final Pattern UNSTORABLE_IN_PROSE =
            Pattern.compile("[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ud800-\\udfff]");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final int LAST_YEAR_OF_FOUR_DIGITS = 9999;

    private Require() {}

    /** @throws IllegalArgumentException naming the field, if the value is missing */
    public static void present(@Nullable Object value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
    }

    /**
     * Text that people wrote: any script and any sign, but something to see, on one line, and fit for every store.
     *
     * @param maxLength in characters (code points, as JSON Schema counts)
     * @throws IllegalArgumentException naming the field, if the text is missing, blank or too long, or has control
     *     characters or halves of surrogate pairs
     */
    public static void text(@Nullable String value, String field, int maxLength) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        if (value.codePointCount(0, value.length()) > maxLength) {
            throw new IllegalArgumentException(field + " must have at most " + maxLength + " characters");
        }
        if (!TEXT.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " must not be blank or have control characters");
        }
    }

    /** @throws IllegalArgumentException naming the field, unless it is a {@link #text} of at most 64 characters */
    public static void identifier(@Nullable String value, String field) {
        text(value, field, MAX_IDENTIFIER_LENGTH);
    }

    /** @throws IllegalArgumentException naming the field, unless it is a stable code such as {@code OUT_OF_STOCK} */
    public static void code(@Nullable String value, String field) {
        if (value == null || !CODE.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " must be 1 to 64 of A-Z, 0-9 and '_', starting with a letter");
        }
    }

    /**
     * A sentence for people, which may stem from an exception and so hold anything. It is made fit instead of refused: a
     * failure whose report is refused would never be heard of.
     *
     * @return the text, cut at {@link #MAX_PROSE_LENGTH}, with U+FFFD for what cannot be stored
     * @throws IllegalArgumentException naming the field, if it is missing
     */
    public static String prose(@Nullable String value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        String cut = value.codePointCount(0, value.length()) > MAX_PROSE_LENGTH
                ? value.substring(0, value.offsetByCodePoints(0, MAX_PROSE_LENGTH - 1)) + '…'
                : value;
        return UNSTORABLE_IN_PROSE.matcher(cut).replaceAll("\ufffd");
    }

    /** @throws IllegalArgumentException naming the field, if the day is missing or its year has not four digits */
    public static void day(@Nullable LocalDate value, String field) {
        if (value == null || value.getYear() < 0 || value.getYear() > LAST_YEAR_OF_FOUR_DIGITS) {
            throw new IllegalArgumentException(field + " must be a day such as 2026-11-24");
        }
    }

    /**
     * The lines of an order.
     *
     * @return an unmodifiable copy
     * @throws IllegalArgumentException naming the field, if there is no line, none among them, or more than
     *     {@link OrderLine#MAX_PER_ORDER}
     */
    public static List<OrderLine> lines(@Nullable List<OrderLine> lines, String field) {
        if (lines == null || lines.isEmpty() || lines.size() > OrderLine.MAX_PER_ORDER) {
            throw new IllegalArgumentException(field + " must be 1 to " + OrderLine.MAX_PER_ORDER + " lines");
        }
        for (OrderLine line : lines) {
            present(line, "a line of " + field);
        }
        return List.copyOf(lines);
    }

    /** @throws IllegalArgumentException naming the field, if the amount is missing or not above zero */
    public static void positive(@Nullable Money amount, String field) {
        if (amount == null || !amount.isPositive()) {
            throw new IllegalArgumentException(field + " must be above zero, was " + amount);
        }
    }
}
