/** Placing orders over HTTP. */
@NullMarked
package io.orderly.order.intake.web;

import org.jspecify.annotations.NullMarked;
