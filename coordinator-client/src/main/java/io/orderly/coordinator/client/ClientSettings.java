package io.orderly.coordinator.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a client.
 *
 * @param endpoints {@code host:port} of members, at least one. A client stays with one of them until a request to it fails
 * @param timeout of a request with all its attempts. A longer one bridges longer failovers, and its caller waits longer
 * @param attemptTimeout of one attempt. A shorter one leaves a member that does not answer sooner, but repeats slow requests
 * @param retries the delays between attempts
 * @param leaseTtl of locks, elections and the session of exactly-once writes. After a crash of this client they are released that much
 *     later; during an unavailability shorter than about half of it they are kept
 * @param clockDrift the fraction by which the members' clocks may run faster than the clock of this client. A lease is treated as lost that
 *     much earlier; from 0 to 0.5
 * @param exactlyOnce whether writes are guarded against repetition by a key of the session. It costs one more key to put in each
 *     transaction, in the same revision; without it, a write whose response is lost is not repeated, and its outcome is unknown
 * @param credentials of the client's user; null for a client without one, which is refused where authentication is enabled
 */
public record ClientSettings(
        List<String> endpoints,
        Duration timeout,
        Duration attemptTimeout,
        Backoff retries,
        Duration leaseTtl,
        double clockDrift,
        boolean exactlyOnce,
        @Nullable Credentials credentials) {

    /** @throws IllegalArgumentException if a value is out of its range; the message names it */
    public ClientSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("there are no endpoints");
        }
        requirePositive("timeout", timeout);
        requirePositive("attemptTimeout", attemptTimeout);
        if (leaseTtl.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("leaseTtl is %s, less than 1 s".formatted(leaseTtl));
        }
        if (!(clockDrift >= 0 && clockDrift <= 0.5)) {
            throw new IllegalArgumentException("clockDrift is %s, not from 0 to 0.5".formatted(clockDrift));
        }
    }

    /** The defaults, which an application usually keeps. */
    public static ClientSettings of(List<String> endpoints) {
        return new ClientSettings(
                endpoints,
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Backoff.DEFAULTS,
                Duration.ofSeconds(10),
                0.02,
                true,
                null);
    }

    public ClientSettings withTimeout(Duration newTimeout) {
        return new ClientSettings(
                endpoints, newTimeout, attemptTimeout, retries, leaseTtl, clockDrift, exactlyOnce, credentials);
    }

    public ClientSettings withAttemptTimeout(Duration newAttemptTimeout) {
        return new ClientSettings(
                endpoints, timeout, newAttemptTimeout, retries, leaseTtl, clockDrift, exactlyOnce, credentials);
    }

    public ClientSettings withLeaseTtl(Duration newLeaseTtl) {
        return new ClientSettings(
                endpoints, timeout, attemptTimeout, retries, newLeaseTtl, clockDrift, exactlyOnce, credentials);
    }

    public ClientSettings withExactlyOnce(boolean newExactlyOnce) {
        return new ClientSettings(
                endpoints, timeout, attemptTimeout, retries, leaseTtl, clockDrift, newExactlyOnce, credentials);
    }

    public ClientSettings withCredentials(Credentials newCredentials) {
        return new ClientSettings(
                endpoints, timeout, attemptTimeout, retries, leaseTtl, clockDrift, exactlyOnce, newCredentials);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("%s is %s, not above 0".formatted(name, value));
        }
    }
}
