package io.orderly.kit.web;

import java.util.List;

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
            ProblemType.BODY_TOO_LARGE,
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            ProblemType.UNPROCESSABLE,
            ProblemType.INTERNAL_ERROR,
            ProblemType.UNAVAILABLE,
            ProblemType.OVERLOADED));

    public ProblemTypes {
        types = List.copyOf(types);
    }
}
