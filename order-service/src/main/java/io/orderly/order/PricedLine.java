package io.orderly.order;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;

/** A line of an order at the price it was sold for. */
public record PricedLine(Sku sku, int quantity, Money unitPrice) {

    public OrderLine withoutPrice() {
        return new OrderLine(sku, quantity);
    }
}
