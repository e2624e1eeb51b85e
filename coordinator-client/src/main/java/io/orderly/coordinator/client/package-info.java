/**
 * The Java client of the coordinator. It speaks the etcd v3 API, so it works against an etcd cluster as well.
 *
 * <p>What is difficult is decided in classes without threads, connections and clocks: when a lease is lost
 * ({@code LeaseTerm}), where a watch goes on ({@code WatchCursor}), whether a request is repeated ({@code RetryRule}), what an attempt
 * tells of a write ({@code Lane}), and who holds a lock or leads ({@link io.orderly.coordinator.queue.QueueEntry}, which the simulator
 * runs too).
 */
@NullMarked
package io.orderly.coordinator.client;

import org.jspecify.annotations.NullMarked;
