package io.orderly.kit.security;

import io.orderly.contracts.CustomerId;
import io.orderly.kit.security.Refusals.Reason;
import io.orderly.kit.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Finds the caller in the token of a request. */
final class SignedInCallers implements Callers {

    private final String customerClaim;
    private final Refusals refusals;

    SignedInCallers(String customerClaim, Refusals refusals) {
        this.customerClaim = customerClaim;
        this.refusals = refusals;
    }

    @Override
    public Caller of(HttpServletRequest request) {
        return Optional.ofNullable(request.getUserPrincipal())
                .filter(JwtAuthenticationToken.class::isInstance)
                .map(JwtAuthenticationToken.class::cast)
                .flatMap(this::caller)
                .orElseThrow(this::noCustomer);
    }

    private Optional<Caller> caller(JwtAuthenticationToken token) {
        boolean operates = token.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(Access.OPERATE_SCOPE::equals);
        return operates
                ? Optional.of(Caller.unrestricted())
                : customer(token).map(customer -> Caller.of(customer, () -> refusals.count(Reason.OTHER_CUSTOMER)));
    }

    private Optional<CustomerId> customer(JwtAuthenticationToken token) {
        try {
            return token.getToken().getClaims().get(customerClaim) instanceof String text
                    ? Optional.of(CustomerId.of(text))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            // such as the subject of a service
            return Optional.empty();
        }
    }

    private ProblemException noCustomer() {
        refusals.count(Reason.NO_CUSTOMER);
        return new ProblemException(SecurityProblems.FORBIDDEN, "The token is of no customer.");
    }
}
