package io.orderly.partitions;

import java.util.List;

/**
 * Who may work on each partition. Each map replaces the one before it as a whole.
 *
 * @param generation above 0, and above the generations of all earlier maps
 * @param leader the fencing token of the leader that decided this map; above 0
 * @param ownerships of the partitions, in ascending order; one for each, none of a later generation than the map
 */
public record PartitionMap(long generation, long leader, List<Ownership> ownerships) {

    /** @throws IllegalArgumentException if a component contradicts its description */
    public PartitionMap {
        ownerships = List.copyOf(ownerships);
        if (generation <= 0 || leader <= 0) {
            throw new IllegalArgumentException(
                    "generation and leader are above 0, not %d and %d".formatted(generation, leader));
        }
        if (ownerships.size() != PartitionId.COUNT) {
            throw new IllegalArgumentException(
                    "a map has %d partitions, not %d".formatted(PartitionId.COUNT, ownerships.size()));
        }
        for (PartitionId partition : PartitionId.all()) {
            long written = ownerships.get(partition.value()).writtenIn();
            if (written > generation) {
                throw new IllegalArgumentException("partition %s is of generation %d in a map of generation %d"
                        .formatted(partition, written, generation));
            }
        }
    }

    /** Who may work on a partition. */
    public Ownership ownership(PartitionId partition) {
        return ownerships.get(partition.value());
    }
}
