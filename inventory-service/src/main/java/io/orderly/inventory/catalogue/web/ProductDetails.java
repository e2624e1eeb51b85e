package io.orderly.inventory.catalogue.web;

import io.orderly.inventory.stock.StockLevel;
import java.util.List;

/** All that a product's page shows, in one answer. */
record ProductDetails(ProductView product, StockLevel stock, List<ReviewView> reviews) {}
