package io.orderly.lab.evidence;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A payment in the provider's book, as it stands.
 *
 * @param reference the order; null if the key was reversed before it was charged
 * @param amount null if the key was reversed before it was charged
 */
public record BookLine(
        String key,
        Status status,
        @Nullable String reference,
        @Nullable BigDecimal amount) {

    public enum Status {
        AUTHORIZED,
        CHARGED,
        DECLINED,
        VOIDED,
        REFUNDED
    }
}
