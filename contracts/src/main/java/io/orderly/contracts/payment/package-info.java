/** What the payment-service is told to do. */
@NullMarked
package io.orderly.contracts.payment;

import org.jspecify.annotations.NullMarked;
