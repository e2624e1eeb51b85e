/**
 * What a product's page shows, fetched from the inventory-service for whoever shows it: in one call, as it should be, and in
 * three for each product, as an anti-pattern. Both ways give the same answer.
 */
@NullMarked
package io.orderly.order.products;

import org.jspecify.annotations.NullMarked;
