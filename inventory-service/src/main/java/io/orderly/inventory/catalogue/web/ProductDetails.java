package io.orderly.inventory.catalogue.web;

import io.orderly.inventory.stock.StockLevel;
import java.util.List;

/** The contents of a product page. */
record ProductDetails(ProductView product, StockLevel stock, List<ReviewView> reviews) {}
