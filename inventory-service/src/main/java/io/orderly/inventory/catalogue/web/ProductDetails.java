package io.orderly.inventory.catalogue.web;

import io.orderly.inventory.catalogue.Product;
import io.orderly.inventory.catalogue.Review;
import io.orderly.inventory.stock.StockLevel;
import java.util.List;

/** All that a product's page shows, in one answer. */
record ProductDetails(Product product, StockLevel stock, List<Review> reviews) {}
