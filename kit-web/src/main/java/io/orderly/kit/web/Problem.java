package io.orderly.kit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * A problem detail, RFC 9457. It has no internal details of the service.
 *
 * @param type a relative reference, {@link ProblemType#uri()}, by which clients distinguish problems
 * @param title the title of the type
 * @param status the HTTP status
 * @param detail what is wrong in this case, for human readers
 * @param errors the invalid fields; empty if the problem is not about fields
 * @param errorId the id of the error in the service's log; null unless it is an internal error
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        List<FieldError> errors,
        @Nullable UUID errorId) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_SENTENCES = 5;

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(ProblemType type, String detail) {
        return of(type, detail, List.of());
    }

    public static Problem of(ProblemType type, String detail, List<FieldError> errors) {
        return new Problem(type.uri(), type.title(), type.status().value(), detail, errors, null);
    }

    /** A problem with a detail composed from the invalid fields. */
    static Problem of(ProblemType type, List<FieldError> errors) {
        return of(type, sentence(errors), errors);
    }

    /**
     * A problem of which only the status is known. Its type is that of the status or, if there is none, {@code about:blank},
     * as RFC 9457 specifies.
     *
     * @param detail null if there is no further detail
     */
    static Problem ofStatus(HttpStatusCode status, @Nullable String detail) {
        String type = ProblemTypes.OF_EVERY_SERVICE
                .ofStatus(status)
                .map(ProblemType::uri)
                .orElse("about:blank");
        String title = ProblemTypes.OF_EVERY_SERVICE
                .ofStatus(status)
                .map(ProblemType::title)
                .orElseGet(() -> status instanceof HttpStatus known ? known.getReasonPhrase() : status.toString());
        return new Problem(type, title, status.value(), detail != null ? detail : title + ".", List.of(), null);
    }

    /** An internal error of the service, whose cause is in the log with this id. */
    static Problem internalError(UUID errorId) {
        ProblemType type = ProblemType.INTERNAL_ERROR;
        String detail = "The service failed unexpectedly; the error id identifies the cause in its log.";
        return new Problem(type.uri(), type.title(), type.status().value(), detail, List.of(), errorId);
    }

    ResponseEntity<Problem> toResponse() {
        return toResponse(HttpHeaders.EMPTY);
    }

    /** Sets the content type explicitly, so that the response does not depend on the Accept header. */
    ResponseEntity<Problem> toResponse(HttpHeaders headers) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(this);
    }

    /** Writes this problem to a response outside of Spring MVC. */
    public void writeTo(HttpServletResponse response) throws IOException {
        writeTo(response, toJson());
    }

    /** The JSON form. */
    byte[] toJson() {
        return JSON.writeValueAsBytes(this);
    }

    /** @param json the JSON form of this problem, serialized before */
    void writeTo(HttpServletResponse response, byte[] json) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /** A sentence for each field, up to a maximum. */
    private static String sentence(List<FieldError> errors) {
        String sentences = errors.stream()
                .limit(MAX_SENTENCES)
                .map(error -> error.field() + " " + error.detail() + ".")
                .collect(Collectors.joining(" "));
        return errors.size() <= MAX_SENTENCES
                ? sentences
                : sentences + " And " + (errors.size() - MAX_SENTENCES) + " more.";
    }
}
