package io.orderly.kit.security;

import java.util.Collection;
import java.util.stream.Stream;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Grants the scopes of a token. Spring Security's converter expects that an array has only strings, and fails with others; the issuer
 * may send what it likes.
 */
final class TokenConverter implements Converter<Jwt, AbstractAuthenticationToken> {

    private static final String SCOPE = "scope";

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        return new JwtAuthenticationToken(
                token,
                scopesOf(token)
                        .filter(scope -> !scope.isBlank())
                        .map(SimpleGrantedAuthority::new)
                        .toList(),
                token.getSubject());
    }

    /** A text with spaces between the scopes, or an array of them; what is neither grants nothing. */
    private static Stream<String> scopesOf(Jwt token) {
        return switch (token.getClaims().get(SCOPE)) {
            case String text -> Stream.of(text.split(" "));
            case Collection<?> values ->
                values.stream().filter(String.class::isInstance).map(String.class::cast);
            case null, default -> Stream.empty();
        };
    }
}
