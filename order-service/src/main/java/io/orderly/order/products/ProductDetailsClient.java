package io.orderly.order.products;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.Sku;
import io.orderly.order.participants.ParticipantClients;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Fetches product details from the inventory-service with one call, regardless of the number of products. */
@Component
public class ProductDetailsClient {

    private final InventoryProductApi inventory;
    private final Counter calls;

    ProductDetailsClient(ParticipantClients clients, MeterRegistry meters) {
        this.inventory = clients.inventory(InventoryProductApi.class);
        this.calls = Counter.builder("orderly.product-details.remote-calls")
                .description("calls to the inventory-service that fetch product details")
                .tag("way", "aggregated")
                .register(meters);
    }

    public JsonNode details(Sku sku) {
        calls.increment();
        return inventory.details(sku);
    }

    /** @param after null to begin with the first product */
    public JsonNode page(@Nullable Sku after, int limit) {
        calls.increment();
        return inventory.details(after, limit);
    }
}
