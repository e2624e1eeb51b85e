/** Stock over HTTP. */
@NullMarked
package io.orderly.inventory.stock.web;

import org.jspecify.annotations.NullMarked;
