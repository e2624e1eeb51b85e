/** What the shipping-service is told to do. */
@NullMarked
package io.orderly.contracts.shipping;

import org.jspecify.annotations.NullMarked;
