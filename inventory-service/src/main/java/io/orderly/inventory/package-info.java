/** The inventory-service: the catalogue of products, and their stock. */
@NullMarked
package io.orderly.inventory;

import org.jspecify.annotations.NullMarked;
