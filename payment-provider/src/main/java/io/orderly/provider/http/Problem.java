package io.orderly.provider.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request that is not followed, as problem details after RFC 9457. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * What is sent.
     *
     * @param field the offending field, parameter or header; null if it is none of them
     */
    record Details(
            String type,
            String title,
            int status,
            String detail,
            @Nullable String field) {}

    private final transient Details details;

    Problem(int status, String title, String detail, @Nullable String field) {
        // An expected answer, not an accident: no stack trace.
        super(detail, null, false, false);
        var type =
                "urn:orderly:payment-provider:" + title.toLowerCase(Locale.ROOT).replace(' ', '-');
        details = new Details(type, title, status, detail, field);
    }

    /** 400: not understood. */
    static Problem malformed(String field, String detail) {
        return new Problem(400, "Malformed request", field + " " + detail, field);
    }

    /** 422: understood, and impossible. */
    static Problem unacceptable(String field, String detail) {
        return new Problem(422, "Unacceptable value", field + " " + detail, field);
    }

    Details details() {
        return details;
    }
}
