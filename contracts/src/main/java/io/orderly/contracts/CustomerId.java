package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a customer, and with it the account that is charged. */
public record CustomerId(@JsonValue String value) {

    /** Longest accepted id, in characters. */
    public static final int MAX_LENGTH = 64;

    /** @throws IllegalArgumentException if missing, blank, too long, or with control characters */
    @JsonCreator
    public CustomerId {
        Require.text(value, "a customer id", MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
