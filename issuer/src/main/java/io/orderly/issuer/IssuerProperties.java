package io.orderly.issuer;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens are issued, and to which clients.
 *
 * @param url the {@code iss} of the tokens, which the services compare
 * @param audience the {@code aud} of the tokens; with that of another system, they are valid there too
 * @param tokenLife how long a token is valid. It cannot be revoked, so a longer life gives a stolen token more time; with a shorter one,
 *     clients ask more often
 * @param clients by their ids, which are the subjects of their tokens
 */
@Validated
@ConfigurationProperties("orderly.issuer")
record IssuerProperties(
        @DefaultValue("http://127.0.0.1:8092") @NotNull URI url,
        @DefaultValue("orderly") @NotBlank String audience,

        @DefaultValue("15m") @NotNull @DurationMin(seconds = 1)
        Duration tokenLife,

        @NotEmpty Map<String, Client> clients) {

    /**
     * A client.
     *
     * @param scopes that its tokens may have
     * @param secret with which it signs in. It is compared as it is, so it has to be random; at least {@value #MIN_SECRET} characters
     */
    record Client(Set<String> scopes, String secret) {

        private static final int MIN_SECRET = 20;

        /** The checks are here, because a violated constraint would print the secret. */
        Client(@Nullable Set<String> scopes, @Nullable String secret) {
            if (scopes == null || scopes.isEmpty()) {
                throw new IllegalArgumentException("A client needs scopes.");
            }
            if (secret == null || secret.length() < MIN_SECRET) {
                throw new IllegalArgumentException(
                        "The secret of a client has at least %d characters.".formatted(MIN_SECRET));
            }
            this.scopes = Set.copyOf(scopes);
            this.secret = secret;
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return scopes.toString();
        }
    }
}
