package io.orderly.order.products;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.Sku;
import io.orderly.kit.session.Session;
import io.orderly.order.participants.ParticipantClients;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

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

    /** @param session continued by the inventory-service */
    public JsonNode details(Sku sku, Session session) {
        calls.increment();
        return bodyOf(inventory.details(sku, session.toString()), session);
    }

    /**
     * @param after null to begin with the first product
     * @param session continued by the inventory-service
     */
    public JsonNode page(@Nullable Sku after, int limit, Session session) {
        calls.increment();
        return bodyOf(inventory.details(after, limit, session.toString()), session);
    }

    private static JsonNode bodyOf(ResponseEntity<JsonNode> response, Session session) {
        String continued = response.getHeaders().getFirst(Session.HEADER);
        if (continued != null) {
            session.continuedAs(continued);
        }
        return Objects.requireNonNullElseGet(response.getBody(), NullNode::getInstance);
    }
}
