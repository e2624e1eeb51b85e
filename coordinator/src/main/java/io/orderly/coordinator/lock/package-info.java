/**
 * Locks with fencing tokens, and the check of tokens by a guarded resource.
 *
 * <p>No lock in a distributed system prevents two processes from acting as its holder at the same time. This one gives each holder
 * a {@linkplain io.orderly.coordinator.queue.QueueEffect.Acquired#token() token} greater
 * than those before, and the {@link io.orderly.coordinator.lock.GuardedResource} refuses a use after a later holder's.
 */
@NullMarked
package io.orderly.coordinator.lock;

import org.jspecify.annotations.NullMarked;
