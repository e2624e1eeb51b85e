package io.orderly.kit.messaging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} of W3C Trace Context, level 1: the trace of a message, and the span that sent it.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param parentId 16 lower-case hex digits, not all zero
 * @param isSampled whether the sender may have recorded the trace
 */
public record TraceParent(String traceId, String parentId, boolean isSampled) {

    private static final String VERSION = "00";
    private static final int SAMPLED = 1;

    /** The fields of version 00. A later version may append more after another hyphen; ff is not a valid version. */
    private static final Pattern FORM = Pattern.compile(
            "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?", Pattern.DOTALL);

    public TraceParent {
        if (!FORM.matcher(VERSION + "-" + traceId + "-" + parentId + "-00").matches()) {
            throw new IllegalArgumentException("invalid trace id or span id");
        }
    }

    /**
     * Parses a header. As the specification says, an invalid header is treated as absent: the receiver begins a new trace.
     *
     * @param header the value of the header; null if there is none
     * @return null if the header is absent or invalid
     */
    public static @Nullable TraceParent parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        Matcher fields = FORM.matcher(header);
        if (!fields.matches() || fields.group(1).equals(VERSION) && fields.group(5) != null) {
            return null;
        }
        return new TraceParent(
                fields.group(2), fields.group(3), (Integer.parseInt(fields.group(4), 16) & SAMPLED) != 0);
    }

    /** The header in version 00, whatever version was parsed. */
    public String toHeader() {
        return VERSION + "-" + traceId + "-" + parentId + (isSampled ? "-01" : "-00");
    }

    /** The header in version 00; null if there is no trace. */
    public static @Nullable String toHeader(@Nullable TraceParent traceParent) {
        return traceParent == null ? null : traceParent.toHeader();
    }
}
