package io.orderly.kit.security;

import io.orderly.kit.web.ProblemType;
import org.springframework.http.HttpStatus;

/** The problem types of requests that sign-in refuses. */
final class SecurityProblems {

    static final ProblemType UNAUTHENTICATED =
            new ProblemType("unauthenticated", HttpStatus.UNAUTHORIZED, "The request has no valid token");

    static final ProblemType FORBIDDEN =
            new ProblemType("forbidden", HttpStatus.FORBIDDEN, "The token does not permit this request");

    private SecurityProblems() {}
}
