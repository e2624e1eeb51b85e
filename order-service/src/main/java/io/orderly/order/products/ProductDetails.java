package io.orderly.order.products;

import tools.jackson.databind.JsonNode;

/** The contents of a product page, as the inventory-service returns them. */
public record ProductDetails(JsonNode product, JsonNode stock, JsonNode reviews) {}
