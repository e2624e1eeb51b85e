/**
 * Common parts of the anti-patterns that place orders without a saga: the order is stored like one whose saga has
 * ended, requests are idempotent as usual, and the client learns the reason if no order is placed.
 */
@NullMarked
package io.orderly.antipatterns.ordering;

import org.jspecify.annotations.NullMarked;
