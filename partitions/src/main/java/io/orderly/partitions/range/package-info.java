/**
 * Key-range partitions: keys are divided into ranges, and each range is in one shard. Ranges are split and merged, unlike the fixed partitions of
 * {@link io.orderly.partitions}, so that neighbouring keys stay together. The pattern is <i>Key-Range Partitions</i> of Unmesh Joshi,
 * <i>Patterns of Distributed Systems</i> (2023).
 *
 * <p>{@link io.orderly.partitions.range.RangeMap} says which range is where, {@link io.orderly.partitions.range.RangeMapRule} which map may
 * follow it, and {@link io.orderly.partitions.range.SizeLimits} when ranges are split and merged. They have no threads, connections and clocks.
 * {@link io.orderly.partitions.range.RangeMapStore} is where the instances of a service find the map.
 */
@NullMarked
package io.orderly.partitions.range;

import org.jspecify.annotations.NullMarked;
