/** The public facts about an order, for whoever wants to follow it. */
@NullMarked
package io.orderly.contracts.event;

import org.jspecify.annotations.NullMarked;
