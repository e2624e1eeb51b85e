/** The inventory-service: what is sold, at which price, and how much of it there is. */
@NullMarked
package io.orderly.inventory;

import org.jspecify.annotations.NullMarked;
