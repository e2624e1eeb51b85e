package io.orderly.kit.security;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/** Which tokens are valid. */
public final class TokenDecoder {

    private static final Duration KEYS_TIMEOUT = Duration.ofSeconds(2);

    private TokenDecoder() {}

    /**
     * The decoder of a service. It fetches the keys of the issuer when the first token needs one, so that the service can start before it.
     *
     * @param issuer the {@code iss} of valid tokens
     * @param jwkSet where the public keys of the issuer are
     * @param audience must be in the {@code aud} of valid tokens
     */
    public static JwtDecoder of(String issuer, URI jwkSet, String audience) {
        var requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(KEYS_TIMEOUT);
        requests.setReadTimeout(KEYS_TIMEOUT);
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(jwkSet.toString())
                .jwsAlgorithms(accepted -> accepted.addAll(EnumSet.allOf(SignatureAlgorithm.class)))
                .restOperations(new RestTemplate(requests))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(List.<OAuth2TokenValidator<Jwt>>of(
                new JwtTimestampValidator(), new JwtIssuerValidator(issuer), new TokenValidator(audience))));
        return new KeysUnavailableException.Detecting(decoder);
    }
}
