/**
 * The outside world of the order system: a small payment provider with a durable book, a process of its own that can be
 * slow, wrong, unreachable or killed like any real one.
 *
 * <p>Its parts, each to be read alone: the rules ({@link io.orderly.provider.book}), what makes them durable
 * ({@code journal}), what can be wrong on purpose ({@code faults}) and the way in ({@code http}, where the calls are
 * listed).
 */
@NullMarked
package io.orderly.provider;

import org.jspecify.annotations.NullMarked;
