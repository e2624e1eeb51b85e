package io.orderly.coordinator.auth;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of authentication, {@code orderly.coordinator.auth}. Whether it is enabled is not a setting: {@code etcdctl auth enable}.
 *
 * @param tokenTtl how long a token is valid, 5 minutes by default, as in etcd. Clients authenticate again after that, which costs a hash of
 *     their password; a stolen token is of use until then
 * @param passwordIterations of PBKDF2 with HMAC-SHA512 for new passwords, 210,000 by default, as OWASP recommends. With fewer, stolen hashes
 *     are tried faster; with more, each authentication takes longer. Passwords that are stored keep theirs
 * @param maxWaitingPasswords that wait for the one thread that hashes, 64 by default; further requests are refused as too many
 */
@ConfigurationProperties("orderly.coordinator.auth")
record AuthProperties(
        @DefaultValue("5m") Duration tokenTtl,
        @DefaultValue("210000") int passwordIterations,
        @DefaultValue("64") int maxWaitingPasswords) {

    private static final int MIN_ITERATIONS = 1_000;

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    AuthProperties {
        if (tokenTtl.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "orderly.coordinator.auth.token-ttl must be at least a second, was " + tokenTtl);
        }
        if (passwordIterations < MIN_ITERATIONS) {
            throw new IllegalArgumentException(
                    "orderly.coordinator.auth.password-iterations must be at least %d, was %d"
                            .formatted(MIN_ITERATIONS, passwordIterations));
        }
        if (maxWaitingPasswords < 1) {
            throw new IllegalArgumentException(
                    "orderly.coordinator.auth.max-waiting-passwords must be above zero, was " + maxWaitingPasswords);
        }
    }
}
