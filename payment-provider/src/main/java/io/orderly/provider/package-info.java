/**
 * A simulated payment provider with a durable book. It runs as a separate process that can be slow, faulty, unreachable
 * or killed.
 *
 * <p>Its packages are independent: the rules ({@link io.orderly.provider.book}), their durability ({@code journal}),
 * injected faults ({@code faults}) and the HTTP API ({@code http}, which documents the requests).
 */
@NullMarked
package io.orderly.provider;

import org.jspecify.annotations.NullMarked;
