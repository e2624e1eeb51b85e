/**
 * The Java client of the coordinator. It speaks the etcd v3 API, so it works against an etcd cluster as well.
 *
 * <p>The difficult decisions are in classes without threads, connections and clocks: when a lease is lost ({@code LeaseTerm}), where a
 * watch continues ({@code WatchCursor}), whether a request is repeated ({@code RetryRule}), the outcome of a write ({@code Lane}), and the
 * holder of a lock or the leader ({@link io.orderly.coordinator.queue.QueueEntry}, which the simulator runs too).
 */
@NullMarked
package io.orderly.coordinator.client;

import org.jspecify.annotations.NullMarked;
