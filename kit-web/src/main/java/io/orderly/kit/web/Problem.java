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
 * A problem detail, RFC 9457, as it goes over the wire. It holds nothing that only the service's developers should see.
 *
 * @param type a relative reference, {@link ProblemType#uri()}; what clients branch on
 * @param title the sentence of the type
 * @param status the HTTP status again
 * @param detail what is wrong this time, for people
 * @param errors the offending fields; empty if it is not about fields
 * @param errorId what to look for in the service's log; null unless the service failed
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

    /** A problem whose detail follows from the offending fields. */
    static Problem of(ProblemType type, List<FieldError> errors) {
        return of(type, sentence(errors), errors);
    }

    /**
     * A problem that is known by nothing but its status: of the type that goes with the status, or, as RFC 9457 has it for a
     * status without a type, {@code about:blank}.
     *
     * @param detail null if there is no more to say
     */
    static Problem ofStatus(HttpStatusCode status, @Nullable String detail) {
        String type = ProblemTypes.OF_ANY_SERVICE
                .ofStatus(status)
                .map(ProblemType::uri)
                .orElse("about:blank");
        String title = ProblemTypes.OF_ANY_SERVICE
                .ofStatus(status)
                .map(ProblemType::title)
                .orElseGet(() -> status instanceof HttpStatus known ? known.getReasonPhrase() : status.toString());
        return new Problem(type, title, status.value(), detail != null ? detail : title + ".", List.of(), null);
    }

    /** The failure of the service whose cause is in its log under this id. */
    static Problem internalError(UUID errorId) {
        ProblemType type = ProblemType.INTERNAL_ERROR;
        String detail = "Something went wrong that should not have; the error id finds it in the service's log.";
        return new Problem(type.uri(), type.title(), type.status().value(), detail, List.of(), errorId);
    }

    ResponseEntity<Problem> toResponse() {
        return toResponse(HttpHeaders.EMPTY);
    }

    /** Sets the content type, so that what the client accepts cannot keep it from learning what is wrong. */
    ResponseEntity<Problem> toResponse(HttpHeaders headers) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(this);
    }

    /** Answers with this problem where there is no Spring MVC to do it. */
    void writeTo(HttpServletResponse response) throws IOException {
        writeTo(response, toJson());
    }

    /** As clients get it. */
    byte[] toJson() {
        return JSON.writeValueAsBytes(this);
    }

    /** @param json this problem's, made before */
    void writeTo(HttpServletResponse response, byte[] json) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /** A sentence for each field; of many fields the first few. */
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
