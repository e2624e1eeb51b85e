package io.orderly.coordinator.peer;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The connections between members.
 *
 * @param threads that serve them. A second one helps if the first is busy and processors are idle
 * @param maxWaitingBytes messages that wait to be sent to one peer, for each of its two connections; further ones are dropped and sent
 *     again by the protocol. A lower limit slows down a member that catches up; a higher one costs memory while a peer is slow
 * @param maxPendingHandshakes accepted connections without a handshake; beyond it the oldest is closed
 * @param handshakeTimeout for the whole handshake, and for connecting. A shorter one can exclude members with long pauses
 * @param pingInterval how often a connection that is idle is checked
 * @param silenceTimeout a connection without any data for this long is closed, and opened again. A shorter one detects broken networks
 *     sooner, and treats pauses of a peer as such
 * @param minBackoff the wait before the first attempt to connect again; it doubles with each failure. A part of it is random
 * @param maxBackoff the longest wait. A member that returns is connected after this at the latest
 */
@Validated
@ConfigurationProperties("orderly.coordinator.peer")
public record PeerSettings(
        @DefaultValue("1") @Min(1) @Max(64) int threads,
        @DefaultValue("33554432") @Min(PeerCodec.MAX_BYTES) long maxWaitingBytes,
        @DefaultValue("64") @Min(1) int maxPendingHandshakes,
        @DefaultValue("3s") @DurationMin(millis = 10) Duration handshakeTimeout,
        @DefaultValue("1s") @DurationMin(millis = 10) Duration pingInterval,
        @DefaultValue("5s") @DurationMin(millis = 20) Duration silenceTimeout,
        @DefaultValue("50ms") @DurationMin(millis = 1) Duration minBackoff,
        @DefaultValue("1s") @DurationMin(millis = 1) Duration maxBackoff) {

    /** The defaults of the configuration. */
    public static final PeerSettings DEFAULTS = new PeerSettings(
            1,
            32L << 20,
            64,
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(50),
            Duration.ofSeconds(1));

    /** @throws IllegalArgumentException if two values are inconsistent */
    public PeerSettings {
        if (silenceTimeout.compareTo(pingInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "silenceTimeout %s is under two times pingInterval %s".formatted(silenceTimeout, pingInterval));
        }
        if (maxBackoff.compareTo(minBackoff) < 0) {
            throw new IllegalArgumentException(
                    "maxBackoff %s is under minBackoff %s".formatted(maxBackoff, minBackoff));
        }
    }
}
