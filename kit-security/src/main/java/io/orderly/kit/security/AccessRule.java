package io.orderly.kit.security;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * What an endpoint needs.
 *
 * @param method null for all methods; that of GET is also that of HEAD
 * @param path the pattern, as in the mapping of the controller
 */
record AccessRule(Access access, @Nullable HttpMethod method, PathPattern path) {

    boolean matches(HttpMethod requested, PathContainer target) {
        HttpMethod effective = requested.equals(HttpMethod.HEAD) ? HttpMethod.GET : requested;
        return (method == null || method.equals(effective)) && path.matches(target);
    }

    boolean isOfSameEndpoint(AccessRule other) {
        return path.equals(other.path) && (method == null ? other.method == null : method.equals(other.method));
    }
}
