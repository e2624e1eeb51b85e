package io.orderly.kit.security;

import jakarta.validation.constraints.NotBlank;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whether callers sign in, and with tokens of which issuer.
 *
 * @param open where the service accepts requests without sign-in. In a service that is open, every process that reaches it may place
 *     orders in the name of any customer, and do what operators do
 * @param issuer the {@code iss} of valid tokens; required unless the service is open
 * @param jwkSet where the public keys of the issuer are, as a JSON Web Key Set; required unless the service is open. What changes the
 *     answer there can issue tokens, so outside of one machine it must be https
 * @param audience must be in the {@code aud} of valid tokens; with one that other systems share, their tokens are valid here
 * @param customerClaim the claim that has the id of the customer; a token without it is of no customer
 */
@Validated
@ConfigurationProperties("orderly.security")
record SecurityProperties(
        @DefaultValue("never") Open open,
        @Nullable String issuer,
        @Nullable URI jwkSet,
        @DefaultValue("orderly") @NotBlank String audience,
        @DefaultValue("sub") @NotBlank String customerClaim) {

    /** Where a service is open. */
    enum Open {
        NEVER,

        /** If it listens on a loopback address only; otherwise it does not start. */
        ON_LOOPBACK,

        /** At whatever address. Something outside of the process has to keep others away. */
        ANYWHERE
    }

    /**
     * @param address where the service listens; null for all addresses
     * @throws SignInException if the service may not be open there
     */
    void requireMayBeOpenAt(@Nullable InetAddress address) {
        boolean permitted = switch (open) {
            case NEVER -> false;
            case ON_LOOPBACK -> address != null && address.isLoopbackAddress();
            case ANYWHERE -> true;
        };
        if (!permitted) {
            throw new SignInException(
                    "orderly.security.open is %s, but the service would listen on %s and accept every request."
                            .formatted(open, address == null ? "all addresses" : address.getHostAddress()),
                    "Set server.address to 127.0.0.1, or set up sign-in with orderly.security.issuer and orderly.security.jwk-set. "
                            + "orderly.security.open=anywhere is for a service whose port others cannot reach, such as in a container.");
        }
    }

    /** @throws SignInException if it is not set */
    String requiredIssuer() {
        return required(issuer, "issuer");
    }

    /** @throws SignInException if it is not set */
    URI requiredJwkSet() {
        return required(jwkSet, "jwk-set");
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new SignInException(
                    "Callers have to sign in, but orderly.security.%s is not set.".formatted(name),
                    "Set orderly.security.issuer and orderly.security.jwk-set. To try the service without sign-in, on this machine "
                            + "only, set server.address=127.0.0.1 and orderly.security.open=on-loopback.");
        }
        return value;
    }
}
