package io.orderly.provider.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request that is not followed, as problem details after RFC 9457. */
final class ProblemException extends RuntimeException {

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

    ProblemException(int status, String title, String detail, @Nullable String field) {
        // An expected answer, not an accident: no stack trace.
        super(detail, null, false, false);
        var type =
                "urn:orderly:payment-provider:" + title.toLowerCase(Locale.ROOT).replace(' ', '-');
        details = new Details(type, title, status, detail, field);
    }

    /** 400: not understood. */
    static ProblemException malformed(String field, String detail) {
        return new ProblemException(400, "Malformed request", field + " " + detail, field);
    }

    /** 422: understood, and impossible. */
    static ProblemException unacceptable(String field, String detail) {
        return new ProblemException(422, "Unacceptable value", field + " " + detail, field);
    }

    /** 500: the outcome is unknown. */
    static ProblemException internalError() {
        return new ProblemException(500, "Internal error", "Something went wrong here; the outcome is unknown", null);
    }

    /** 503. */
    static ProblemException unavailable(String detail) {
        return new ProblemException(503, "Unavailable", detail, null);
    }

    /** What Tomcat refuses before it asks anything else. */
    static ProblemException ofStatus(int status) {
        return switch (status) {
            case 417 -> new ProblemException(status, "Expectation failed", "Expect can only be 100-continue", "Expect");
            case 501 ->
                new ProblemException(status, "Not implemented", "This encoding is not known here", "Transfer-Encoding");
            case 503 -> unavailable("The provider is stopping");
            case 505 -> new ProblemException(status, "Version not supported", "The version must be HTTP/1.1", null);
            default -> new ProblemException(status, "Malformed request", "The request does not follow HTTP", null);
        };
    }

    Details details() {
        return details;
    }
}
