/**
 * All that happened to an order's saga, numbered without gaps, in the order in which it was decided: what was sent, what
 * was answered, what was ignored, and how it ended, each with the wall clock, Lamport and hybrid time, and trace.
 */
@NullMarked
package io.orderly.order.timeline;

import org.jspecify.annotations.NullMarked;
