package io.orderly.contracts;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Text from outside, as a log line or a list shows it. A record's key or header may hold anything: a line break forges a
 * second log line, an escape sequence or a change of direction alters what a terminal shows, and 50,000 characters hide
 * everything around them.
 *
 * <p>The result is for reading, not for parsing: a backslash stays as it is, so that text made printable twice reads like
 * text made printable once.
 */
public final class Printable {

    private static final char CUT = '…';

    private Printable() {}

    /**
     * @param maxCharacters of the result (code points), the mark of the cut included; at least 1
     * @return the text on one line, cut with {@code …}; each control or format character, line or paragraph separator, half
     *     of a surrogate pair, private or unassigned code point is an escape: a backslash, {@code u} and four hex digits.
     *     The word {@code null} for no text
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
        int endOfLastThatLeavesRoomForTheCut = 0;
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
                printable.setLength(endOfLastThatLeavesRoomForTheCut);
                return printable.append(CUT).toString();
            }
            if (characters < maxCharacters) {
                endOfLastThatLeavesRoomForTheCut = printable.length();
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
