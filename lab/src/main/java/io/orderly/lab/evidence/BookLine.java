package io.orderly.lab.evidence;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payment in the provider's book, as it stands.
 *
 * @param reference the order, or whatever else the provider was told; null if the key was reversed before it was charged
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
        REFUNDED,
        /** A word that this program does not know. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** @throws IllegalArgumentException if the key or the status is missing */
    public BookLine {
        Require.present(key, "key");
        Require.present(status, "status");
    }

    /** The order; empty if there is no reference, or one that is no order id. */
    public Optional<OrderId> order() {
        try {
            return reference == null ? Optional.empty() : Optional.of(OrderId.of(reference));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
