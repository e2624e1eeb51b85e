/**
 * Anti-pattern: placing an order by synchronous calls with compensations kept in memory, implemented as well as
 * possible. Every call is idempotent, each compensation is noted before its step is called and is tried several times,
 * and the event is sent after the commit. But the state is not durable: if the process dies between two calls, the
 * executed steps are never compensated, and if it dies after the commit, the event is never sent.
 */
@NullMarked
package io.orderly.antipatterns.inmemorycompensation;

import org.jspecify.annotations.NullMarked;
