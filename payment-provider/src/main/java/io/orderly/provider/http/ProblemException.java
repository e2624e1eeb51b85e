package io.orderly.provider.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request that fails, as problem details according to RFC 9457. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * The JSON body of the response.
     *
     * @param field the invalid field, parameter or header; null if none of them is invalid
     */
    record Details(
            String type,
            String title,
            int status,
            String detail,
            @Nullable String field) {}

    private final transient Details details;

    ProblemException(int status, String title, String detail, @Nullable String field) {
        // An expected response, so there is no stack trace.
        super(detail, null, false, false);
        var type =
                "urn:orderly:payment-provider:" + title.toLowerCase(Locale.ROOT).replace(' ', '-');
        details = new Details(type, title, status, detail, field);
    }

    /** 400: the request cannot be parsed. */
    static ProblemException malformed(String field, String detail) {
        return new ProblemException(400, "Malformed request", field + " " + detail, field);
    }

    /** 422: the request can be parsed but not executed. */
    static ProblemException unacceptable(String field, String detail) {
        return new ProblemException(422, "Unacceptable value", field + " " + detail, field);
    }

    /** 500: the outcome is unknown. */
    static ProblemException internalError() {
        return new ProblemException(500, "Internal error", "The provider failed; the outcome is unknown", null);
    }

    /** 503. */
    static ProblemException unavailable(String detail) {
        return new ProblemException(503, "Unavailable", detail, null);
    }

    /** The problem for a status with which Tomcat rejects a request. */
    static ProblemException ofStatus(int status) {
        return switch (status) {
            case 417 -> new ProblemException(status, "Expectation failed", "Expect must be 100-continue", "Expect");
            case 501 ->
                new ProblemException(
                        status, "Not implemented", "The transfer encoding is not supported", "Transfer-Encoding");
            case 503 -> unavailable("The provider is stopping");
            case 505 -> new ProblemException(status, "Version not supported", "The version must be HTTP/1.1", null);
            default -> new ProblemException(status, "Malformed request", "The request does not follow HTTP", null);
        };
    }

    Details details() {
        return details;
    }
}
