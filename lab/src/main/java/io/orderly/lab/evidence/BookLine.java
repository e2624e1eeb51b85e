package io.orderly.lab.evidence;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The current state of a payment in the provider's book.
 *
 * @param reference the order id, or any other reference; null if the key was reversed before it was charged
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
        /** A value that the lab does not know. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** @throws IllegalArgumentException if the key or the status is missing */
    public BookLine {
        Require.present(key, "key");
        Require.present(status, "status");
    }

    /** The order; empty if the reference is missing or not an order id. */
    public Optional<OrderId> order() {
        try {
            return reference == null ? Optional.empty() : Optional.of(OrderId.of(reference));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
