package io.orderly.contracts;

/** A message about one order, with the order id as its key. */
public interface OrderMessage extends Message {

    OrderId orderId();

    @Override
    default String key() {
        return orderId().toString();
    }
}
