/**
 * The same scenarios on a real etcd and on the coordinator, by several clients. Each step of a scenario records what it observed; two
 * servers are compatible if all their observations are equal, except those that {@code docs/etcd-compatibility.md} lists.
 */
@NullMarked
package io.orderly.coordinator.compatibility;

import org.jspecify.annotations.NullMarked;
