package io.orderly.kit.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param retention the minimum time for which a response is kept. A request that is repeated later takes effect again, so it
 *     must exceed the longest time over which clients retry; the table grows with it
 */
@ConfigurationProperties("orderly.idempotency")
record IdempotencyProperties(@DefaultValue("24h") Duration retention) {

    IdempotencyProperties {
        if (!retention.isPositive()) {
            throw new IllegalArgumentException("orderly.idempotency.retention must be above zero, was " + retention);
        }
    }
}
