package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The id of an order and its saga. A version 7 UUID, so ids sort by their time of creation. */
public record OrderId(@JsonValue UUID value) implements Comparable<OrderId> {

    public OrderId {
        Require.present(value, "an order id");
    }

    /**
     * @param text a UUID in its canonical 36 characters
     * @throws IllegalArgumentException if it is not such a UUID
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
