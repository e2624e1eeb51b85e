/** The payment provider over HTTP. */
@NullMarked
package io.orderly.payment.provider;

import org.jspecify.annotations.NullMarked;
