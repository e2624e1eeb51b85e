/** Commands to the inventory-service, and the catalogue that it publishes. */
@NullMarked
package io.orderly.contracts.inventory;

import org.jspecify.annotations.NullMarked;
