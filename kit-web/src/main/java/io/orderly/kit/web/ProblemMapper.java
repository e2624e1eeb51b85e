package io.orderly.kit.web;

import io.orderly.kit.failure.TransientFailures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.Errors;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestCookieException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;

/**
 * Maps exceptions that are caused by the client or by the database to problems. All other exceptions are bugs of the
 * service.
 */
final class ProblemMapper {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private ProblemMapper() {}

    /** @return empty if the exception is an internal error of the service */
    static Optional<ResponseEntity<Problem>> of(Throwable failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case ProblemException e -> e.problem().toResponse();
                    case HttpMessageNotReadableException e -> unreadable(e).toResponse();
                    case BadRequestException e ->
                        Problem.of(ProblemType.MALFORMED_BODY, "The body has invalid HTTP framing.")
                                .toResponse();
                    case MethodArgumentNotValidException e ->
                        invalid(fieldErrors(e).toList()).toResponse();
                    case HandlerMethodValidationException e
                    when e.getStatusCode().is4xxClientError() ->
                        invalid(e.getParameterValidationResults().stream()
                                        .flatMap(ProblemMapper::parameterErrors)
                                        .toList())
                                .toResponse();
                    case TypeMismatchException e -> mismatch(e).toResponse();
                    case MissingServletRequestParameterException e -> missing(e.getParameterName());
                    case MissingRequestHeaderException e -> missing(e.getHeaderName());
                    case MissingRequestCookieException e -> missing(e.getCookieName());
                    case ErrorResponse e -> forStatus(e.getStatusCode(), reason(e), e.getHeaders());
                    case OptimisticLockingFailureException e -> conflict();
                    case DuplicateKeyException e -> conflict();
                    default -> TransientFailures.isTransient(failure) ? unavailable() : null;
                });
    }

    /** @return null if the status is an internal error of the service */
    static @Nullable ResponseEntity<Problem> forStatus(
            HttpStatusCode status, @Nullable String detail, HttpHeaders headers) {
        return isInternalError(status) ? null : Problem.ofStatus(status, detail).toResponse(headers);
    }

    /** Whether the status is an internal error: a server error without a more specific problem type. */
    private static boolean isInternalError(HttpStatusCode status) {
        return !status.is4xxClientError()
                && ProblemTypes.OF_EVERY_SERVICE
                        .ofStatus(status)
                        .filter(type -> !type.equals(ProblemType.INTERNAL_ERROR))
                        .isEmpty();
    }

    private static Problem unreadable(HttpMessageNotReadableException e) {
        return e.getCause() instanceof JacksonException json
                ? JsonProblems.of(json)
                : Problem.of(ProblemType.MALFORMED_BODY, "The request has no readable body.");
    }

    private static Problem invalid(List<FieldError> errors) {
        return Problem.of(ProblemType.INVALID_REQUEST, errors);
    }

    private static Stream<FieldError> parameterErrors(ParameterValidationResult result) {
        if (result instanceof ParameterErrors bean) {
            return fieldErrors(bean);
        }
        String name = String.valueOf(result.getMethodParameter().getParameterName());
        String field = result.getContainerIndex() == null ? name : name + "[" + result.getContainerIndex() + "]";
        return result.getResolvableErrors().stream()
                .map(error -> new FieldError(field, String.valueOf(error.getDefaultMessage())));
    }

    private static Stream<FieldError> fieldErrors(Errors errors) {
        return errors.getAllErrors().stream()
                .map(error -> new FieldError(
                        error instanceof org.springframework.validation.FieldError field
                                ? field.getField()
                                : error.getObjectName(),
                        String.valueOf(error.getDefaultMessage())));
    }

    private static Problem mismatch(TypeMismatchException e) {
        Class<?> type = e.getRequiredType();
        String detail = ErrorDetails.messageOf(rootOf(e))
                .orElseGet(() -> type == null ? "is not valid" : ErrorDetails.expected(type));
        return invalid(List.of(new FieldError(String.valueOf(e.getPropertyName()), detail)));
    }

    private static ResponseEntity<Problem> missing(String field) {
        return invalid(List.of(new FieldError(field, "is missing"))).toResponse();
    }

    private static @Nullable String reason(ErrorResponse e) {
        return e instanceof ResponseStatusException status ? status.getReason() : null;
    }

    private static ResponseEntity<Problem> conflict() {
        return Problem.of(ProblemType.CONFLICT, "The resource was changed by another request at the same time.")
                .toResponse();
    }

    private static ResponseEntity<Problem> unavailable() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()));
        return Problem.of(ProblemType.UNAVAILABLE, "The service cannot reach its database. Try again in a moment.")
                .toResponse(headers);
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
