package io.orderly.lab.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Writes HTML and SVG. Texts and the values of attributes are escaped here, and nowhere else. */
final class Markup {

    /** White space after one of these would show. */
    private static final Set<String> INLINE = Set.of("b", "small", "span", "text", "line");

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** @param attributes names and values in turn */
    Markup begin(String element, Object... attributes) {
        tag(element, attributes).append('>');
        open.push(element);
        return this;
    }

    Markup end() {
        String element = open.pop();
        out.append("</").append(element).append('>');
        if (!INLINE.contains(element)) {
            out.append('\n');
        }
        return this;
    }

    Markup text(Object text) {
        out.append(escaped(text));
        return this;
    }

    /** An element with nothing but text in it. */
    Markup element(String element, Object text, Object... attributes) {
        return begin(element, attributes).text(text).end();
    }

    /** An element with nothing in it. */
    Markup empty(String element, Object... attributes) {
        tag(element, attributes).append("/>\n");
        return this;
    }

    /** Something that was written by this class, or is part of this program. */
    Markup trusted(String markup) {
        out.append(markup);
        return this;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not ended: " + open);
        }
        return out.toString();
    }

    private StringBuilder tag(String element, Object... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        return out;
    }

    private static String escaped(Object value) {
        StringBuilder safe = new StringBuilder();
        value.toString().codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    // no document may hold other control characters
                    boolean isWritable = point >= ' ' || point == '\n' || point == '\t';
                    safe.appendCodePoint(isWritable && (point < 0x7f || point > 0x9f) ? point : 0xfffd);
                }
            }
        });
        return safe.toString();
    }
}
