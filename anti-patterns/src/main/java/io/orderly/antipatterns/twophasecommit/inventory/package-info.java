/** The inventory-service's branch of a distributed transaction. */
@NullMarked
package io.orderly.antipatterns.twophasecommit.inventory;

import org.jspecify.annotations.NullMarked;
