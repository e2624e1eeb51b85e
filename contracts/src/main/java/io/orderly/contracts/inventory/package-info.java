/** What the inventory-service is told to do, and the feed of its products. */
@NullMarked
package io.orderly.contracts.inventory;

import org.jspecify.annotations.NullMarked;
