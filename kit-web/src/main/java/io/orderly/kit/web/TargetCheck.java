package io.orderly.kit.web;

import io.orderly.http.TargetViolation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;

/**
 * Validates the request target first. Tomcat parses the query and Spring the path parameters only on the first access, where
 * an error cannot be distinguished from an internal one.
 */
final class TargetCheck {

    private TargetCheck() {}

    /** @return the error in the path or the query; empty if both are valid */
    static Optional<FieldError> violationIn(HttpServletRequest request) {
        Optional<TargetViolation> violation = TargetViolation.of("path", request.getRequestURI());
        String query = request.getQueryString();
        if (violation.isEmpty() && query != null) {
            violation = TargetViolation.ofQuery(query).or(() -> violationFoundByTomcat(request));
        }
        return violation.map(found -> new FieldError(found.part(), found.detail()));
    }

    private static Optional<TargetViolation> violationFoundByTomcat(HttpServletRequest request) {
        try {
            request.getParameterMap();
            return Optional.empty();
        } catch (InvalidParameterException e) {
            return Optional.of(new TargetViolation("query", "has too many or malformed parameters"));
        }
    }
}
