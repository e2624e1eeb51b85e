package io.orderly.kit.web;

import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * A type of problem, identified by its URI. The constants are the types of all services; a service declares additional types
 * with {@link ProblemTypes}.
 *
 * @param name lower-case words joined by hyphens; stable, since clients depend on it
 * @param status the status of the response
 * @param title a short sentence, the same for all problems of this type
 */
public record ProblemType(String name, HttpStatus status, String title) {

    // Must be initialized before the constants.
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    public static final ProblemType INVALID_REQUEST =
            new ProblemType("invalid-request", HttpStatus.BAD_REQUEST, "The request is not valid");
    public static final ProblemType MALFORMED_BODY =
            new ProblemType("malformed-body", HttpStatus.BAD_REQUEST, "The body cannot be read");
    public static final ProblemType NOT_FOUND =
            new ProblemType("not-found", HttpStatus.NOT_FOUND, "The resource does not exist");
    public static final ProblemType METHOD_NOT_ALLOWED = new ProblemType(
            "method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "The method is not supported at this path");
    public static final ProblemType NOT_ACCEPTABLE = new ProblemType(
            "not-acceptable", HttpStatus.NOT_ACCEPTABLE, "The response is not available in an accepted media type");
    public static final ProblemType REQUEST_TIMEOUT =
            new ProblemType("request-timeout", HttpStatus.REQUEST_TIMEOUT, "The request did not arrive in time");
    public static final ProblemType CONFLICT =
            new ProblemType("conflict", HttpStatus.CONFLICT, "The request conflicts with the current state");
    public static final ProblemType LENGTH_REQUIRED =
            new ProblemType("length-required", HttpStatus.LENGTH_REQUIRED, "The length of the body is required");
    public static final ProblemType BODY_TOO_LARGE =
            new ProblemType("body-too-large", HttpStatus.CONTENT_TOO_LARGE, "The body is too large");
    public static final ProblemType URI_TOO_LONG =
            new ProblemType("uri-too-long", HttpStatus.URI_TOO_LONG, "The URI is too long");
    public static final ProblemType UNSUPPORTED_MEDIA_TYPE = new ProblemType(
            "unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The media type of the body is not supported");
    public static final ProblemType EXPECTATION_FAILED =
            new ProblemType("expectation-failed", HttpStatus.EXPECTATION_FAILED, "The Expect header cannot be met");
    public static final ProblemType MISDIRECTED =
            new ProblemType("misdirected", HttpStatus.MISDIRECTED_REQUEST, "The service does not answer for this host");
    public static final ProblemType UNPROCESSABLE =
            new ProblemType("unprocessable", HttpStatus.UNPROCESSABLE_CONTENT, "The request cannot be fulfilled");
    public static final ProblemType HEADERS_TOO_LARGE = new ProblemType(
            "headers-too-large", HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large");
    public static final ProblemType INTERNAL_ERROR =
            new ProblemType("internal-error", HttpStatus.INTERNAL_SERVER_ERROR, "The service failed unexpectedly");
    public static final ProblemType NOT_IMPLEMENTED = new ProblemType(
            "not-implemented", HttpStatus.NOT_IMPLEMENTED, "The service does not support a feature of the request");
    public static final ProblemType UNAVAILABLE =
            new ProblemType("unavailable", HttpStatus.SERVICE_UNAVAILABLE, "The service is temporarily unavailable");
    public static final ProblemType OVERLOADED =
            new ProblemType("overloaded", HttpStatus.SERVICE_UNAVAILABLE, "The service is overloaded");
    public static final ProblemType VERSION_NOT_SUPPORTED = new ProblemType(
            "version-not-supported", HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "The version of HTTP is not supported");

    /** @throws IllegalArgumentException if the name is not lower-case words, or the status is no error */
    public ProblemType {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("invalid name of a problem type: " + name);
        }
        if (!status.isError()) {
            throw new IllegalArgumentException("a problem must have an error status, not " + status);
        }
    }

    /** A relative reference such as {@code /problems/not-found}. */
    public String uri() {
        return "/problems/" + name;
    }
}
