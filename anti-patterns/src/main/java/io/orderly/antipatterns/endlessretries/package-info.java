/**
 * Anti-pattern: calls to the payment provider are retried immediately and without limit, instead of bounded retries
 * behind a circuit breaker.
 */
@NullMarked
package io.orderly.antipatterns.endlessretries;

import org.jspecify.annotations.NullMarked;
