/**
 * The timeline of a saga: its commands, replies, ignored replies, requests and its end, in the order in which the saga processed
 * them, numbered without gaps, each with wall clock, Lamport and hybrid time, and trace.
 */
@NullMarked
package io.orderly.order.timeline;

import org.jspecify.annotations.NullMarked;
