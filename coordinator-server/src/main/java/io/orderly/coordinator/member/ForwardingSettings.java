package io.orderly.coordinator.member;

import java.time.Duration;

/**
 * Times of the forwarding of requests to the leader.
 *
 * @param requestTimeout how long a request waits for a leader and its reply. A shorter one refuses requests during an election
 * @param askAgainAfter a request that may be repeated is sent again if there is no reply for this long. Longer than a round trip
 * @param graceAfterElection how long the reply of an earlier leader is awaited once there is another one; then the outcome of a command is
 *     unknown
 * @param maxBarriers pending read barriers; reads that arrive meanwhile share the next one
 */
public record ForwardingSettings(
        Duration requestTimeout, Duration askAgainAfter, Duration graceAfterElection, int maxBarriers) {

    public static final ForwardingSettings DEFAULTS =
            new ForwardingSettings(Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofMillis(100), 2);

    /** @throws IllegalArgumentException if a value is not above 0, or {@code askAgainAfter} is not below {@code requestTimeout} */
    public ForwardingSettings {
        if (!requestTimeout.isPositive()
                || !askAgainAfter.isPositive()
                || !graceAfterElection.isPositive()
                || maxBarriers <= 0) {
            throw new IllegalArgumentException(
                    "requestTimeout %s, askAgainAfter %s, graceAfterElection %s, maxBarriers %d"
                            .formatted(requestTimeout, askAgainAfter, graceAfterElection, maxBarriers));
        }
        if (askAgainAfter.compareTo(requestTimeout) >= 0) {
            throw new IllegalArgumentException(
                    "askAgainAfter %s is not below requestTimeout %s".formatted(askAgainAfter, requestTimeout));
        }
    }

    public ForwardingSettings withRequestTimeout(Duration timeout) {
        return new ForwardingSettings(timeout, askAgainAfter, graceAfterElection, maxBarriers);
    }
}
