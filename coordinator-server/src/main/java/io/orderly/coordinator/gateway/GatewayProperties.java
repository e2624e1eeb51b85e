package io.orderly.coordinator.gateway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the JSON gateway, {@code orderly.coordinator.gateway}.
 *
 * @param maxBody the largest body of a request, 3 MiB by default, which holds the largest value in base64; a larger one gets a 413
 * @param requestTimeout how long a request may take to arrive, from its first byte to its last, and a connection to send the first bytes of
 *     its protocol, 10 s by default; then the connection is closed. A longer time lets slow clients hold connections longer
 * @param idleTimeout how long a connection may wait for its next request, 60 s by default; then it is closed
 */
@ConfigurationProperties("orderly.coordinator.gateway")
public record GatewayProperties(
        @DefaultValue("3MB") DataSize maxBody,
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue("60s") Duration idleTimeout) {

    static final GatewayProperties DEFAULTS =
            new GatewayProperties(DataSize.ofMegabytes(3), Duration.ofSeconds(10), Duration.ofSeconds(60));

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public GatewayProperties {
        if (maxBody.toBytes() < 1 || maxBody.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "orderly.coordinator.gateway.max-body must be from 1 byte to 2 GiB, was " + maxBody);
        }
        requirePositive("request-timeout", requestTimeout);
        requirePositive("idle-timeout", idleTimeout);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "orderly.coordinator.gateway." + name + " must be above zero, was " + value);
        }
    }
}
