package io.orderly.contracts;

/** A message about one order; all of them share the order's key. */
public interface OrderMessage extends Message {

    OrderId orderId();

    @Override
    default String key() {
        return orderId().toString();
    }
}
