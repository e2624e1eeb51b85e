package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names an order and its saga. Version 7 UUIDs, so ids sort by the time they were given out. */
public record OrderId(@JsonValue UUID value) implements Comparable<OrderId> {

    // UUID.fromString also takes groups of other lengths
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    public OrderId {
        Require.present(value, "an order id");
    }

    /**
     * @param text a UUID in its canonical 36 characters
     * @throws IllegalArgumentException if it is not one
     */
    @JsonCreator
    public static OrderId of(String text) {
        Require.present(text, "an order id");
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not an order id: expected a UUID of 36 characters");
        }
        return new OrderId(UUID.fromString(text));
    }

    @Override
    public int compareTo(OrderId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
