package io.orderly.contracts;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Validation of the components of message records, because JSON may have any content. The schemas define the same rules.
 */
public final class Require {

    /** Maximum length of an identifier, such as that of a customer or payment, in characters. */
    public static final int MAX_IDENTIFIER_LENGTH = 64;

    /** Maximum length of prose in characters; longer text is truncated, not refused. */
    public static final int MAX_PROSE_LENGTH = 1_000;

    // Characters that are invisible although their category is letter, mark or symbol.
    private static final String BLANK = "\\u115f\\u1160\\u2800\\u3164\\uffa0\\x{13441}\\x{13442}\\x{1d159}";
    private static final String INVISIBLE_MARK =
            "\\u034f\\u17b4\\u17b5\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f\\x{16fe4}\\x{e0100}-\\x{e01ef}";
    // Joiners of letters and emoji, direction marks, and the tag characters of regional flags.
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
     * Runs all checks, so that a client gets all errors at once.
     *
     * @throws IllegalArgumentException the exception of the first failed check, with those of the others suppressed
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
     * Checks text in any script: one line of letters, marks, digits, punctuation, symbols, spaces and joiners. The first
     * character after leading spaces must be visible.
     *
     * @param maxLength the maximum length in code points, as in JSON Schema
     * @throws IllegalArgumentException naming the field, if the text is missing, too long or invisible, begins with a
     *     combining mark, or has control, formatting, private-use or unassigned characters
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
     * Whether a text is a valid identifier, which is safe as a segment of a URL path and as a key, and cannot be confused
     * with another that looks the same. It has 1 to 64 characters, begins with a letter or digit, continues with letters,
     * marks, digits, {@code - . _ ~ @ + '} and single inner spaces, has no invisible characters, and is in Unicode
     * normalization form C.
     */
    static boolean isIdentifier(String value) {
        return value.codePointCount(0, value.length()) <= MAX_IDENTIFIER_LENGTH
                && IDENTIFIER.matcher(value).matches()
                && Normalizer.isNormalized(value, Normalizer.Form.NFC);
    }

    /**
     * Parses a UUID in its canonical 36 characters, which {@link UUID#fromString} does not require.
     *
     * @throws IllegalArgumentException with a message without a subject, unless it is a UUID
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
     * Converts text for human readers, which may come from an exception and have any content. It is truncated and cleaned
     * instead of refused, because otherwise the report of a failure could be lost.
     *
     * @return the text, truncated to {@link #MAX_PROSE_LENGTH}, with U+FFFD for characters that cannot be stored
     * @throws IllegalArgumentException naming the field, if the text is missing
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

    /**
     * @throws IllegalArgumentException naming the field, if the date is missing or its year does not have four digits
     */
    public static void day(@Nullable LocalDate value, String field) {
        if (value == null || value.getYear() < 0 || value.getYear() > LAST_YEAR_OF_FOUR_DIGITS) {
            throw new IllegalArgumentException(field + " must be a date such as 2026-11-24");
        }
    }

    /**
     * Checks the lines of an order.
     *
     * @return an unmodifiable copy
     * @throws IllegalArgumentException naming the field, if there is no line, a line is null, or there are more than
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

    /** @throws IllegalArgumentException naming the field, if the amount is missing or not positive */
    public static void positive(@Nullable Money amount, String field) {
        if (amount == null || !amount.isPositive()) {
            throw new IllegalArgumentException(field + " must be above zero, was " + amount);
        }
    }
}
