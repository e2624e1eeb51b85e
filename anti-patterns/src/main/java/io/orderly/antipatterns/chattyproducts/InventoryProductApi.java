package io.orderly.antipatterns.chattyproducts;

import io.orderly.contracts.Sku;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import tools.jackson.databind.JsonNode;

/** What can be asked of the inventory-service about one product, bit by bit. Its answers are passed on as they are. */
@HttpExchange(url = "/products", accept = "application/json")
interface InventoryProductApi {

    @GetExchange("/{sku}")
    JsonNode product(@PathVariable Sku sku);

    @GetExchange("/{sku}/reviews")
    JsonNode reviews(@PathVariable Sku sku);

    @GetExchange("/{sku}/stock")
    JsonNode stock(@PathVariable Sku sku);
}
