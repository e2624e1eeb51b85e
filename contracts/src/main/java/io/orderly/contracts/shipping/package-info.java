/** Commands to the shipping-service. */
@NullMarked
package io.orderly.contracts.shipping;

import org.jspecify.annotations.NullMarked;
