/**
 * The REST API for people: configuration, leases, elections, locks, timestamps and the cluster, with watches as server-sent events.
 *
 * <p>Each response has the position of the member that answers, and each failure is a problem of {@link
 * io.orderly.coordinator.rest.Problems}, which says whether the request had no effect, or may have had one. Campaigns and waits for
 * locks are calls of the etcd services within the process, so that all clients share their queues.
 */
@NullMarked
package io.orderly.coordinator.rest;

import org.jspecify.annotations.NullMarked;
