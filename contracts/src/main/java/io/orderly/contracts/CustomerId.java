package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The id of a customer, and of the account that is charged. Use {@link #of} for new values; the constructor also accepts
 * stored values that were valid under an older rule.
 */
public record CustomerId(@JsonValue String value) {

    /** @throws IllegalArgumentException if missing */
    public CustomerId {
        Require.present(value, "a customer id");
    }

    /** @throws IllegalArgumentException unless it is a valid identifier, see {@link Require#identifier} */
    @JsonCreator
    public static CustomerId of(String text) {
        Require.present(text, "a customer id");
        if (!Require.isIdentifier(text)) {
            throw new IllegalArgumentException(Require.IDENTIFIER_RULE);
        }
        return new CustomerId(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
