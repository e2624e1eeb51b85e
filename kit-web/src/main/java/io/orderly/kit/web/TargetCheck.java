package io.orderly.kit.web;

import io.orderly.http.TargetViolation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;

/**
 * Reads a target before anything else does. Tomcat reads the query, and Spring the parameters within the path, only when something
 * asks for them, where the failure can no longer be told from one of our own.
 */
final class TargetCheck {

    private TargetCheck() {}

    /** @return what is wrong with the path or the query; empty if nothing is */
    static Optional<FieldError> violationIn(HttpServletRequest request) {
        Optional<TargetViolation> flaw = TargetViolation.of("path", request.getRequestURI());
        String query = request.getQueryString();
        if (flaw.isEmpty() && query != null) {
            flaw = TargetViolation.ofQuery(query).or(() -> violationFoundByTomcat(request));
        }
        return flaw.map(found -> new FieldError(found.part(), found.detail()));
    }

    private static Optional<TargetViolation> violationFoundByTomcat(HttpServletRequest request) {
        try {
            request.getParameterMap();
            return Optional.empty();
        } catch (InvalidParameterException e) {
            return Optional.of(new TargetViolation("query", "has too many parameters, or some that cannot be read"));
        }
    }
}
