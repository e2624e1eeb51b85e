package io.orderly.lab.fault.control;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered.
 *
 * @param body null for none
 */
record Answer(int status, @Nullable Object body) {

    static final Answer NO_CONTENT = new Answer(204, null);

    /** A problem detail, RFC 9457. */
    record Problem(String title, int status, String detail, List<Map<String, String>> errors) {}

    static Answer ok(Object body) {
        return new Answer(200, body);
    }

    static Answer created(Object body) {
        return new Answer(201, body);
    }

    static Answer problem(int status, String title, String detail) {
        return new Answer(status, new Problem(title, status, detail, List.of()));
    }

    /** The field is to blame. */
    static Answer invalid(String field, String detail) {
        return new Answer(
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
