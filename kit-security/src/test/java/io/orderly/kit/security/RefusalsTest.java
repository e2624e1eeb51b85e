package io.orderly.kit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

class RefusalsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Refusals refusals = new Refusals(meters, "orderly");

    /** Otherwise a token would seem invalid while the issuer is away, and clients would discard it. */
    @Test
    void aServiceWithoutKeysIsUnavailable() throws Exception {
        JwtDecoder decoder = new KeysUnavailableException.Detecting(_ -> {
            throw new JwtException("the keys cannot be fetched");
        });
        var response = new MockHttpServletResponse();

        refusals.commence(
                new MockHttpServletRequest(),
                response,
                catchThrowableOfType(KeysUnavailableException.class, () -> decoder.decode("a.b.c")));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentAsString())
                .contains("/problems/unavailable")
                .doesNotContain("cannot be fetched");
        assertThat(response.getHeader("Retry-After")).isEqualTo("2");
        assertThat(response.getHeader("WWW-Authenticate")).isNull();
        assertThat(meters.get("orderly.security.refusals")
                        .tag("reason", "no-keys")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void anInvalidTokenIsNoReasonToTryAgain() {
        JwtDecoder decoder = new KeysUnavailableException.Detecting(_ -> {
            throw new BadJwtException("expired");
        });

        assertThat(catchThrowableOfType(BadJwtException.class, () -> decoder.decode("a.b.c")))
                .isNotNull();
    }
}
