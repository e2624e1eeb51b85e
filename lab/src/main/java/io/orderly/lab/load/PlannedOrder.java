package io.orderly.lab.load;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A request to place an order, before it is sent.
 *
 * @param key its {@code Idempotency-Key}, and also the name in its address, by which an audit identifies the order
 *     without the service
 * @param body the request's body, in JSON
 * @param jitterSeed of the pauses between its attempts
 * @param cancelAfter how long after the response an order of {@link OrderScenario#CANCELLED_AT_ONCE} is cancelled
 */
public record PlannedOrder(String key, OrderScenario scenario, byte[] body, Duration cancelAfter, long jitterSeed) {

    /** 64 hex digits. */
    String bodySha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
