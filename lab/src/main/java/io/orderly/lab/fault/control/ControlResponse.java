package io.orderly.lab.fault.control;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request.
 *
 * @param body null for an empty body
 */
record ControlResponse(int status, @Nullable Object body) {

    static final ControlResponse NO_CONTENT = new ControlResponse(204, null);

    /** A problem detail, RFC 9457. */
    record Problem(String title, int status, String detail, List<Map<String, String>> errors) {}

    static ControlResponse ok(Object body) {
        return new ControlResponse(200, body);
    }

    static ControlResponse created(Object body) {
        return new ControlResponse(201, body);
    }

    static ControlResponse problem(int status, String title, String detail) {
        return new ControlResponse(status, new Problem(title, status, detail, List.of()));
    }

    /** The response to a request with an invalid field. */
    static ControlResponse invalid(String field, String detail) {
        return new ControlResponse(
                400,
                new Problem(
                        "Invalid request",
                        400,
                        field + " " + detail + ".",
                        List.of(Map.of("field", field, "detail", detail))));
    }

    String mediaType() {
        return body instanceof Problem ? "application/problem+json" : "application/json";
    }
}
