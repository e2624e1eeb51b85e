package io.orderly.partitions;

/** What a {@link PartitionAssigner} asks its environment to do. */
public sealed interface AssignerEffect {

    /**
     * Store the map if the stored one is still of the expected revision, then call {@link PartitionAssigner#answered}, also if the outcome is
     * unknown.
     *
     * @param expectedMapRevision 0 if there must be no map
     */
    record Propose(long expectedMapRevision, PartitionMap map) implements AssignerEffect {}

    /** Tell an operator: nothing is assigned until the stored map has been replaced. Raised once for each stored map. */
    record Alarm(long mapRevision, String reason) implements AssignerEffect {}
}
