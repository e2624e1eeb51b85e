package io.orderly.order.products;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how often the other service is called. */
final class RemoteCalls {

    private RemoteCalls() {}

    /** @param way how product details are put together */
    static Counter counter(MeterRegistry meters, String way) {
        return Counter.builder("orderly.product-details.remote-calls")
                .description("calls to the inventory-service for the sake of product details")
                .tag("way", way)
                .register(meters);
    }
}
