/**
 * Locks whose holders are told apart by fencing tokens, and what a guarded resource must do with those.
 *
 * <p>A lock of this kind, as of any kind in a distributed system, does not keep two processes from believing at the same time
 * that they hold it. It gives each holder a {@linkplain io.orderly.coordinator.queue.QueueEffect.Acquired#token() token} greater
 * than those before, and the {@link io.orderly.coordinator.lock.GuardedResource} sees to it that nobody acts on it after a
 * later holder did.
 */
@NullMarked
package io.orderly.coordinator.lock;

import org.jspecify.annotations.NullMarked;
