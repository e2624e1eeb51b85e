/** The Java client of the coordinator. It speaks the etcd v3 API, so it works against an etcd cluster as well. */
@NullMarked
package io.orderly.coordinator.client;

import org.jspecify.annotations.NullMarked;
