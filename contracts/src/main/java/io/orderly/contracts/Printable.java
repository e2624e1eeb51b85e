package io.orderly.contracts;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Makes untrusted text printable for logs and lists. A record's key or header may have any content: a line break forges a
 * log line, escape sequences and bidirectional controls change what a terminal shows, and very long text hides the rest.
 *
 * <p>The result is for human readers and cannot be parsed: backslashes are not escaped, so that the operation is idempotent.
 */
public final class Printable {

    private static final char ELLIPSIS = '…';

    private Printable() {}

    /**
     * @param maxCharacters the maximum length of the result in code points, including the ellipsis; at least 1
     * @return the text on one line, truncated with {@code …}. Control and format characters, line and paragraph separators,
     *     unpaired surrogates, private-use and unassigned code points are escaped: a backslash, {@code u} and four hex
     *     digits. The word {@code null} if there is no text
     */
    public static String of(@Nullable String text, int maxCharacters) {
        if (maxCharacters < 1) {
            throw new IllegalArgumentException("maxCharacters must be at least 1, was " + maxCharacters);
        }
        if (text == null) {
            return "null";
        }
        StringBuilder printable = new StringBuilder(Math.min(text.length(), maxCharacters));
        int characters = 0;
        int endBeforeEllipsis = 0;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            int before = printable.length();
            if (isPlain(codePoint)) {
                printable.appendCodePoint(codePoint);
                characters++;
            } else {
                escape(codePoint, printable);
                characters += printable.length() - before;
            }
            if (characters > maxCharacters) {
                printable.setLength(endBeforeEllipsis);
                return printable.append(ELLIPSIS).toString();
            }
            if (characters < maxCharacters) {
                endBeforeEllipsis = printable.length();
            }
            at += Character.charCount(codePoint);
        }
        return printable.toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void escape(int codePoint, StringBuilder to) {
        for (char unit : Character.toChars(codePoint)) {
            to.append("\\u").append(HexFormat.of().toHexDigits(unit));
        }
    }
}
