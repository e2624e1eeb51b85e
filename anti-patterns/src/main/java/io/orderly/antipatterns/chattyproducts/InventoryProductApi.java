package io.orderly.antipatterns.chattyproducts;

import io.orderly.contracts.Sku;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import tools.jackson.databind.JsonNode;

/** The inventory-service's endpoints for the parts of a product's details. Responses are passed on unchanged. */
@HttpExchange(url = "/products", accept = "application/json")
interface InventoryProductApi {

    @GetExchange("/{sku}")
    JsonNode product(@PathVariable Sku sku);

    @GetExchange("/{sku}/reviews")
    JsonNode reviews(@PathVariable Sku sku);

    @GetExchange("/{sku}/stock")
    JsonNode stock(@PathVariable Sku sku);
}
