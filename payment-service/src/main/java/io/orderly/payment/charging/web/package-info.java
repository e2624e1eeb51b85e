/** Payments over HTTP. */
@NullMarked
package io.orderly.payment.charging.web;

import org.jspecify.annotations.NullMarked;
