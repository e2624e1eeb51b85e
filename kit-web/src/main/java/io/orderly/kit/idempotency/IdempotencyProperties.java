package io.orderly.kit.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param retention how long an answer is kept at least. A client that repeats a request later than this does it anew, so it
 *     must exceed the longest time over which clients retry; the table's size grows with it
 */
@ConfigurationProperties("orderly.idempotency")
record IdempotencyProperties(@DefaultValue("24h") Duration retention) {

    IdempotencyProperties {
        if (!retention.isPositive()) {
            throw new IllegalArgumentException("orderly.idempotency.retention must be above zero, was " + retention);
        }
    }
}
