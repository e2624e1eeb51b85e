package io.orderly.order.products;

import io.orderly.contracts.Sku;
import io.orderly.kit.session.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import tools.jackson.databind.JsonNode;

/** The product resources of the inventory-service. Its responses are passed on unchanged. */
@HttpExchange(url = "/products", accept = "application/json")
interface InventoryProductApi {

    @GetExchange("/{sku}/details")
    ResponseEntity<JsonNode> details(@PathVariable Sku sku, @RequestHeader(Session.HEADER) String session);

    @GetExchange("/details")
    ResponseEntity<JsonNode> details(
            @RequestParam(required = false) @Nullable Sku after,
            @RequestParam int limit,
            @RequestHeader(Session.HEADER) String session);
}
