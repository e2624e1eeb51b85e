/** The contents of product pages, fetched from the inventory-service in one call. */
@NullMarked
package io.orderly.order.products;

import org.jspecify.annotations.NullMarked;
