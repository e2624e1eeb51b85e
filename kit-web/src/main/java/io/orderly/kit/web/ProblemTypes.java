package io.orderly.kit.web;

import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatusCode;

/**
 * Additional problem types of a service or of a kit module. Types in a bean of this class are listed in the OpenAPI
 * description and documented at their URIs.
 */
public record ProblemTypes(List<ProblemType> types) {

    /** The problem types of all services. */
    static final ProblemTypes OF_EVERY_SERVICE = new ProblemTypes(List.of(
            ProblemType.INVALID_REQUEST,
            ProblemType.MALFORMED_BODY,
            ProblemType.NOT_FOUND,
            ProblemType.METHOD_NOT_ALLOWED,
            ProblemType.NOT_ACCEPTABLE,
            ProblemType.REQUEST_TIMEOUT,
            ProblemType.CONFLICT,
            ProblemType.LENGTH_REQUIRED,
            ProblemType.BODY_TOO_LARGE,
            ProblemType.URI_TOO_LONG,
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            ProblemType.EXPECTATION_FAILED,
            ProblemType.MISDIRECTED,
            ProblemType.UNPROCESSABLE,
            ProblemType.HEADERS_TOO_LARGE,
            ProblemType.INTERNAL_ERROR,
            ProblemType.NOT_IMPLEMENTED,
            ProblemType.UNAVAILABLE,
            ProblemType.OVERLOADED,
            ProblemType.VERSION_NOT_SUPPORTED));

    public ProblemTypes {
        types = List.copyOf(types);
    }

    /** The first type with this status, which is the generic one. */
    Optional<ProblemType> ofStatus(HttpStatusCode status) {
        return types.stream()
                .filter(type -> type.status().value() == status.value())
                .findFirst();
    }
}
