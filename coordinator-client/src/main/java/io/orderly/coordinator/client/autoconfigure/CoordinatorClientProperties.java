package io.orderly.coordinator.client.autoconfigure;

import io.orderly.coordinator.client.Backoff;
import io.orderly.coordinator.client.ClientSettings;
import io.orderly.coordinator.client.Credentials;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the application's client of the coordinator.
 *
 * @param enabled whether the application has a client; without it there are no beans of this package
 * @param endpoints {@code host:port} of members. If some are missing, the client cannot switch to them when these fail
 * @param tlsBundle the name of the SSL bundle of Spring Boot, {@code spring.ssl.bundle}, whose truststore verifies the members and whose
 *     keystore, if it has one, is the application's certificate. With {@code reload-on-update}, replaced files are used for new
 *     connections. Null for connections in plain text
 * @param timeout of a request with all its attempts. A longer one bridges longer failovers, and its caller waits longer
 * @param attemptTimeout of one attempt. A shorter one leaves a member that does not answer sooner, but repeats slow requests
 * @param leaseTtl of locks, elections and the session of exactly-once writes. With a longer one they outlast longer failures of the
 *     coordinator, and are released that much later after a crash of the application
 * @param clockDrift the fraction by which the members' clocks may run faster than the application's. A lease is treated as lost that much
 *     earlier
 * @param exactlyOnce whether writes are guarded against repetition. It costs one more key to put in each; without it, the outcome of a
 *     write whose response is lost is unknown
 * @param healthTimeout of a read by the health check or by a probe. A longer one delays the health endpoint while no member answers
 * @param probeInterval between the reads that find out whether the coordinator can be reached, which is logged. Each is a request to a
 *     quorum; with a longer interval, an outage is logged later
 * @param unreachableAfter how long no such read is answered until a warning is logged. A shorter time also reports changes of the leader
 * @param lockPrefix of the locks of Spring Integration's registry. Applications with the same prefix share locks
 * @param user of the application; without one it is refused where authentication is enabled
 * @param password of the user, to come from where the application keeps its secrets
 */
@Validated
@ConfigurationProperties("orderly.coordinator.client")
public record CoordinatorClientProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue({"127.0.0.1:2379", "127.0.0.1:2479", "127.0.0.1:2579"}) @NotEmpty List<@Pattern(regexp = ".+:[0-9]{1,5}", message = "must be host:port") String> endpoints,

        @Nullable String tlsBundle,

        @DefaultValue("10s") @DurationMin(millis = 1) Duration timeout,
        @DefaultValue("2s") @DurationMin(millis = 1) Duration attemptTimeout,
        @DefaultValue("10s") @DurationMin(seconds = 1) Duration leaseTtl,

        @DefaultValue("0.02") @DecimalMin("0") @DecimalMax("0.5") double clockDrift,

        @DefaultValue("true") boolean exactlyOnce,
        @DefaultValue("1s") @DurationMin(millis = 1) Duration healthTimeout,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration probeInterval,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration unreachableAfter,
        @DefaultValue("locks") @NotEmpty String lockPrefix,

        @Nullable String user,
        @Nullable String password) {

    ClientSettings settings() {
        return new ClientSettings(
                endpoints,
                timeout,
                attemptTimeout,
                Backoff.DEFAULTS,
                leaseTtl,
                clockDrift,
                exactlyOnce,
                user == null ? null : new Credentials(user, password == null ? "" : password));
    }
}
