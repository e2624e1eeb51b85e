/** Commands to the payment-service. */
@NullMarked
package io.orderly.contracts.payment;

import org.jspecify.annotations.NullMarked;
