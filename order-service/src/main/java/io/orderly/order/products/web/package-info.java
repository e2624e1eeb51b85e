/** Product details over HTTP. */
@NullMarked
package io.orderly.order.products.web;

import org.jspecify.annotations.NullMarked;
