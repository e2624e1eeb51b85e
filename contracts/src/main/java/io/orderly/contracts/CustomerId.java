package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a customer, and with it the account that is charged. */
public record CustomerId(@JsonValue String value) {

    /** Longest accepted id, in characters. */
    public static final int MAX_LENGTH = 64;

    /** @throws IllegalArgumentException if blank, too long, or with control characters */
    @JsonCreator
    public CustomerId {
        if (value.isBlank() || value.length() > MAX_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "not a customer id: expected 1 to " + MAX_LENGTH + " characters, no control characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
