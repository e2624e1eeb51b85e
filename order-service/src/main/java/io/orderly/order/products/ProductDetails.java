package io.orderly.order.products;

import tools.jackson.databind.JsonNode;

/** All that a product's page shows, as the inventory-service tells it. */
public record ProductDetails(JsonNode product, JsonNode stock, JsonNode reviews) {}
