package io.orderly.kit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.contracts.CustomerId;
import io.orderly.kit.web.ProblemException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.jwt.Jwt;

class CallerTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId BOB = CustomerId.of("bob");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Refusals refusals = new Refusals(meters, "orderly");

    @Test
    void aCustomerAccessesTheirOwnDataOnly() {
        Caller caller = callers("sub").of(request(Map.of("sub", "ada", "scope", "orders:read")));

        assertThat(caller.restrictedTo()).isEqualTo(ADA);
        assertThat(caller.mayAccess(ADA)).isTrue();
        assertThat(caller.mayAccess(BOB)).isFalse();
        caller.requireAccess(ADA);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> caller.requireAccess(BOB))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(403));
        assertThat(meters.get("orderly.security.refusals")
                        .tag("reason", "other-customer")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void anOperatorAccessesTheDataOfAll() {
        Caller caller = callers("sub").of(request(Map.of("sub", "oscar", "scope", "operate")));

        assertThat(caller.restrictedTo()).isNull();
        assertThat(caller.mayAccess(ADA)).isTrue();
    }

    @Test
    void theClaimOfTheCustomerIsASetting() {
        Map<String, Object> claims = Map.of("sub", "5d1c", "customer", "ada", "scope", "orders:read");

        assertThat(callers("customer").of(request(claims)).restrictedTo()).isEqualTo(ADA);
        assertThat(callers("sub").of(request(claims)).restrictedTo()).isEqualTo(CustomerId.of("5d1c"));
    }

    /** It must not become a caller without restriction. */
    @Test
    void aTokenOfNoCustomerIsRefused() {
        for (Object customer : new Object[] {17, "service|orders", "", "a/b", true}) {
            assertThatExceptionOfType(ProblemException.class)
                    .as("%s", customer)
                    .isThrownBy(() -> callers("customer")
                            .of(request(Map.of("sub", "ada", "customer", customer, "scope", "orders:read"))))
                    .satisfies(e -> assertThat(e.problem().status()).isEqualTo(403));
        }
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> callers("customer").of(request(Map.of("sub", "ada", "scope", "orders:read"))));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> callers("sub").of(new MockHttpServletRequest()));
    }

    private Callers callers(String claim) {
        return new SignedInCallers(claim, refusals);
    }

    private static MockHttpServletRequest request(Map<String, Object> claims) {
        Jwt token = new Jwt("token", Instant.EPOCH, Instant.EPOCH.plusSeconds(1), Map.of("alg", "ES256"), claims);
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setUserPrincipal(new TokenConverter().convert(token));
        return request;
    }
}
