/**
 * The partitions that this instance of a service owns, under its lease in the coordinator. The elected leader of the instances assigns them. The
 * decisions are those of {@link io.orderly.partitions}; this package connects them with the coordinator. It also has the range map of a service
 * there, see {@link io.orderly.partitions.range}.
 */
@NullMarked
package io.orderly.coordinator.partitions;

import org.jspecify.annotations.NullMarked;
