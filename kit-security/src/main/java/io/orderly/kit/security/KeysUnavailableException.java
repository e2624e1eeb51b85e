package io.orderly.kit.security;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** The keys of the issuer cannot be fetched, so it is not known whether the token is valid. */
final class KeysUnavailableException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private KeysUnavailableException(JwtException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    /**
     * A decoder that tells it from an invalid token. Spring Security would tell it as well, but by an exception that is then reported
     * as an internal error.
     */
    record Detecting(JwtDecoder decoder) implements JwtDecoder {

        @Override
        public Jwt decode(String token) {
            try {
                return decoder.decode(token);
            } catch (BadJwtException e) {
                throw e;
            } catch (JwtException e) {
                throw new KeysUnavailableException(e);
            }
        }
    }
}
