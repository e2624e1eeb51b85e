/** Instances that follow the map, in virtual time, under crashes, pauses, lost requests and a store that is away. */
@NullMarked
package io.orderly.partitions.simulation;

import org.jspecify.annotations.NullMarked;
