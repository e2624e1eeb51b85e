package io.orderly.coordinator.rest;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the REST API, {@code orderly.coordinator.rest}.
 *
 * @param requestTimeout how long a request waits for its outcome, 10 s by default; then a write is answered with an unknown outcome. It
 *     should be above the time that the member itself takes to find a leader
 * @param heartbeat how often an event stream without events sends a comment, 15 s by default. A longer time lets proxies close
 *     streams, and notices lost clients later
 * @param maxEventStreams open at a time, 500 by default; further ones get a 503. Each needs a connection and memory for some events
 */
@ConfigurationProperties("orderly.coordinator.rest")
record RestProperties(
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("500") int maxEventStreams) {

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    RestProperties {
        requirePositive("request-timeout", requestTimeout);
        requirePositive("heartbeat", heartbeat);
        if (maxEventStreams < 1) {
            throw new IllegalArgumentException(
                    "orderly.coordinator.rest.max-event-streams must be above zero, was " + maxEventStreams);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "orderly.coordinator.rest." + name + " must be above zero, was " + value);
        }
    }
}
