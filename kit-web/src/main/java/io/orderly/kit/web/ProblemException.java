package io.orderly.kit.web;

import java.util.List;

/** Refuses a request with a problem. If thrown in a transaction, it rolls the transaction back. */
public final class ProblemException extends RuntimeException {

    private final Problem problem;

    public ProblemException(ProblemType type, String detail) {
        this(Problem.of(type, detail));
    }

    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        this(Problem.of(type, detail, errors));
    }

    /** A problem with a detail composed from the invalid fields, of which there is at least one. */
    public ProblemException(ProblemType type, List<FieldError> errors) {
        this(Problem.of(type, errors));
    }

    private ProblemException(Problem problem) {
        // No stack trace: a refused request is not an error of the service.
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** 400: the field is malformed. */
    public static ProblemException invalid(String field, String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, List.of(new FieldError(field, detail)));
    }

    /** 422: the field is well-formed, but the request cannot be fulfilled. */
    public static ProblemException unprocessable(String field, String detail) {
        return new ProblemException(ProblemType.UNPROCESSABLE, List.of(new FieldError(field, detail)));
    }

    /** 404. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(ProblemType.NOT_FOUND, detail);
    }

    /** 409. */
    public static ProblemException conflict(String detail) {
        return new ProblemException(ProblemType.CONFLICT, detail);
    }

    public Problem problem() {
        return problem;
    }
}
