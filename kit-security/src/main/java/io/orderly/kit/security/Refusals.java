package io.orderly.kit.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.web.Problem;
import io.orderly.kit.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Refuses requests with a problem and with the header that RFC 6750 requires, and counts them by reason. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String RETRY_AFTER_SECONDS = "2";

    private final MeterRegistry meters;
    private final String realm;

    Refusals(MeterRegistry meters, String realm) {
        this.meters = meters;
        this.realm = realm;
    }

    enum Reason {
        NO_TOKEN,
        INVALID_TOKEN,

        /** The token has none of the scopes that the endpoint needs, or no rule names the endpoint. */
        MISSING_SCOPE,

        /** The token has the scope, and is neither of a customer nor of an operator. */
        NO_CUSTOMER,
        OTHER_CUSTOMER,

        /** The keys of the issuer could not be fetched. */
        NO_KEYS
    }

    void count(Reason reason) {
        String name = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
        meters.counter("orderly.security.refusals", "reason", name).increment();
    }

    /** Refuses a request that is not known to have a valid token. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        switch (failure) {
            case KeysUnavailableException _ -> {
                count(Reason.NO_KEYS);
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                Problem.of(
                                ProblemType.UNAVAILABLE,
                                "The service cannot fetch the keys of the issuer. Try again in a moment.")
                        .writeTo(response);
            }
            case OAuth2AuthenticationException _ -> {
                count(Reason.INVALID_TOKEN);
                challenge(response, ", error=\"invalid_token\"");
                Problem.of(
                                SecurityProblems.UNAUTHENTICATED,
                                "The token is malformed or expired, has a wrong signature, or is of another issuer or for another "
                                        + "audience.")
                        .writeTo(response);
            }
            default -> {
                count(Reason.NO_TOKEN);
                challenge(response, "");
                Problem.of(SecurityProblems.UNAUTHENTICATED, "Send a token in the header Authorization: Bearer.")
                        .writeTo(response);
            }
        }
    }

    /** Refuses a request whose token has not the scope. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        count(Reason.MISSING_SCOPE);
        challenge(response, ", error=\"insufficient_scope\"");
        Problem.of(SecurityProblems.FORBIDDEN, "The token has no scope that this endpoint needs.")
                .writeTo(response);
    }

    private void challenge(HttpServletResponse response, String error) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"%s\"%s".formatted(realm, error));
    }
}
