package io.orderly.kit.web;

import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatusCode;

/**
 * Problems that a service, or a part of it, may answer with beyond those of any service. A bean of this type lists them in
 * its OpenAPI description and explains them under their URIs.
 */
public record ProblemTypes(List<ProblemType> types) {

    /** What any service may answer with. */
    static final ProblemTypes OF_ANY_SERVICE = new ProblemTypes(List.of(
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

    /** The first type of this status, which is the one that says no more than the status does. */
    Optional<ProblemType> ofStatus(HttpStatusCode status) {
        return types.stream()
                .filter(type -> type.status().value() == status.value())
                .findFirst();
    }
}
