package io.orderly.kit.security;

import jakarta.servlet.http.HttpServletRequest;

/** Finds out who sends a request. */
interface Callers {

    /** @throws io.orderly.kit.web.ProblemException 403 if the token is neither of a customer nor of an operator */
    Caller of(HttpServletRequest request);
}
