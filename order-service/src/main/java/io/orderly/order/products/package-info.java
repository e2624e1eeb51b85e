/** What a product's page shows, fetched from the inventory-service in one call. */
@NullMarked
package io.orderly.order.products;

import org.jspecify.annotations.NullMarked;
