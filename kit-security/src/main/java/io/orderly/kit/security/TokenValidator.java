package io.orderly.kit.security;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Checks what the signature, the issuer and the times of a token do not say: that it is an access token for this system, that it
 * ends, and that it has a subject which can be stored.
 */
final class TokenValidator implements OAuth2TokenValidator<Jwt> {

    /** The longest subject that OpenID Connect allows. */
    static final int MAX_SUBJECT_LENGTH = 255;

    /** RFC 9068 has the second one; older issuers have the first or none. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final String audience;

    TokenValidator(String audience) {
        this.audience = audience;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        String violation = violation(token);
        return violation == null
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, violation, null));
    }

    private @Nullable String violation(Jwt token) {
        Object type = token.getHeaders().get("typ");
        if (type != null && !TYPES.contains(type.toString().toLowerCase(Locale.ROOT))) {
            return "it is not an access token";
        }
        if (token.getAudience() == null || !token.getAudience().contains(audience)) {
            return "it is for another audience";
        }
        if (token.getExpiresAt() == null) {
            return "it has no end";
        }
        return isSubject(token.getSubject()) ? null : "it has no valid subject";
    }

    private static boolean isSubject(@Nullable String subject) {
        return subject != null
                && !subject.isBlank()
                && subject.length() <= MAX_SUBJECT_LENGTH
                && subject.chars().noneMatch(Character::isISOControl);
    }
}
