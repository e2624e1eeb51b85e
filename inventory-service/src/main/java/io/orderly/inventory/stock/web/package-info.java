/** The HTTP API of stock and reservations. */
@NullMarked
package io.orderly.inventory.stock.web;

import org.jspecify.annotations.NullMarked;
