/**
 * Fixed partitions: keys hash to 64 partitions, and each partition has at most one instance that works on it. The patterns are
 * <i>Fixed Partitions</i>, <i>Leader and Followers</i>, <i>Lease</i> and <i>Generation Clock</i> of Unmesh Joshi, <i>Patterns of Distributed
 * Systems</i> (2023).
 *
 * <p>{@link io.orderly.partitions.PartitionAssigner} runs on the leader and decides the {@link io.orderly.partitions.PartitionMap};
 * {@link io.orderly.partitions.PartitionOwner} runs on each instance and follows it. Both are state machines: the time, the random numbers
 * and the answers of the store are passed in, and what they decide is returned as effects. They have no threads, connections and clocks.
 */
@NullMarked
package io.orderly.partitions;

import org.jspecify.annotations.NullMarked;
