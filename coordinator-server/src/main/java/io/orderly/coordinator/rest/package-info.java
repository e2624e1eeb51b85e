/** The REST API for people: configuration, leases, elections, locks, timestamps and the cluster, with watches as server-sent events. */
@NullMarked
package io.orderly.coordinator.rest;

import org.jspecify.annotations.NullMarked;
