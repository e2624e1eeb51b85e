/** Placing orders over HTTP. */
@NullMarked
package io.orderly.order.placement.web;

import org.jspecify.annotations.NullMarked;
