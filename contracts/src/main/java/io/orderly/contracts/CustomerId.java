package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names a customer, and with it the account that is charged. What comes from outside is read with {@link #of}; the
 * constructor takes what a database kept, which may have been accepted under an older rule.
 */
public record CustomerId(@JsonValue String value) {

    /** @throws IllegalArgumentException if missing */
    public CustomerId {
        Require.present(value, "a customer id");
    }

    /** @throws IllegalArgumentException unless it is a proper identifier, see {@link Require#identifier} */
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
