/** Domain events of an order, for any consumer. */
@NullMarked
package io.orderly.contracts.event;

import org.jspecify.annotations.NullMarked;
