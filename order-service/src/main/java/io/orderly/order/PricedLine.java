package io.orderly.order;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;

/** A line of an order with the unit price at the time of placing. */
public record PricedLine(Sku sku, int quantity, Money unitPrice) {

    public OrderLine withoutPrice() {
        return new OrderLine(sku, quantity);
    }
}
