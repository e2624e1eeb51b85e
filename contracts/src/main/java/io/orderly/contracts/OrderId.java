package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names an order and its saga. Version 7 UUIDs, so ids sort by the time they were given out. */
public record OrderId(@JsonValue UUID value) implements Comparable<OrderId> {

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
        return new OrderId(Require.uuid(text));
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
