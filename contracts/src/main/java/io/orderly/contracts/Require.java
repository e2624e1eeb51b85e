package io.orderly.contracts;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every record of a message checks of its parts, since JSON may leave out anything. The schemas say the same. */
public final class Require {

    /** Longest name of a customer, a payment and the like, in characters. */
    public static final int MAX_IDENTIFIER_LENGTH = 64;

    /** Longest sentence for people, in characters; what is longer is cut, not refused. */
    public static final int MAX_PROSE_LENGTH = 1_000;

    // Characters that show nothing although their category is that of letters, marks or symbols.
    private static final String BLANK = "\\u115f\\u1160\\u2800\\u3164\\uffa0\\x{13441}\\x{13442}\\x{1d159}";
    private static final String INVISIBLE_MARK =
            "\\u034f\\u17b4\\u17b5\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f\\x{16fe4}\\x{e0100}-\\x{e01ef}";
    // What joins letters and emoji, marks the direction of a script, and spells the flags of regions.
    private static final String JOINING = "\\u061c\\u200c-\\u200f\\x{e0020}-\\x{e007f}";

    private static final Pattern TEXT = Pattern.compile("[\\p{Zs}" + JOINING + "]*+(?![" + BLANK
            + "])[\\p{L}\\p{N}\\p{P}\\p{S}][\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}" + JOINING + "]*+");
    private static final Pattern IDENTIFIER =
            Pattern.compile("(?!.*[" + BLANK + INVISIBLE_MARK + "])[\\p{L}\\p{N}](?: ?[\\p{L}\\p{M}\\p{N}._~@+'-])*+");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern UNSTORABLE_IN_PROSE =
            Pattern.compile("[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ud800-\\udfff]");
    static final String IDENTIFIER_RULE = "must be 1 to " + MAX_IDENTIFIER_LENGTH
            + " letters, digits, single inner spaces and any of -._~@+', beginning with a letter or digit, in Unicode form NFC";

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
     * Makes every check, so that a client learns of all that is wrong at once.
     *
     * @throws IllegalArgumentException the first refusal, with the others suppressed in it
     */
    public static void all(Runnable... checks) {
        IllegalArgumentException first = null;
        for (Runnable check : checks) {
            try {
                check.run();
            } catch (IllegalArgumentException refusal) {
                if (first == null) {
                    first = refusal;
                } else {
                    first.addSuppressed(refusal);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /**
     * Text that people wrote, in any script: one line of letters, marks, digits, punctuation, symbols and spaces, and what
     * joins them. It begins with something visible, leading spaces aside.
     *
     * @param maxLength in characters (code points, as JSON Schema counts)
     * @throws IllegalArgumentException naming the field, if the text is missing or too long, shows nothing, begins with a
     *     combining mark, or has control, formatting, private or unassigned characters
     */
    public static void text(@Nullable String value, String field, int maxLength) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        if (value.codePointCount(0, value.length()) > maxLength) {
            throw new IllegalArgumentException(field + " must have at most " + maxLength + " characters");
        }
        if (!TEXT.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    field + " must be one line of visible text, without control, formatting or unassigned characters");
        }
    }

    /** @throws IllegalArgumentException naming the field, unless {@link #isIdentifier} */
    public static void identifier(@Nullable String value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        if (!isIdentifier(value)) {
            throw new IllegalArgumentException(field + " " + IDENTIFIER_RULE);
        }
    }

    /**
     * Whether a text can name something wherever names are used: as a segment of a URL's path, as a key, and beside names
     * that look the same. It has 1 to 64 characters, begins with a letter or digit, goes on with letters, marks, digits,
     * {@code - . _ ~ @ + '} and single inner spaces, shows all of them, and is in Unicode's normalization form C.
     */
    static boolean isIdentifier(String value) {
        return value.codePointCount(0, value.length()) <= MAX_IDENTIFIER_LENGTH
                && IDENTIFIER.matcher(value).matches()
                && Normalizer.isNormalized(value, Normalizer.Form.NFC);
    }

    /**
     * Reads a UUID in its canonical 36 characters, which {@link UUID#fromString} does not insist on.
     *
     * @throws IllegalArgumentException with a phrase without a subject, unless it is one
     */
    public static UUID uuid(String text) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a UUID of 36 characters");
        }
        return UUID.fromString(text);
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
