package io.orderly.partitions;

/** What a {@link PartitionOwner} asks its environment to do, in this order. */
public sealed interface OwnerEffect {

    /**
     * Start to work on a partition.
     *
     * @param token to be passed with each write
     */
    record Acquired(PartitionId partition, long token) implements OwnerEffect {}

    /** Stop to work on a partition, then call {@link PartitionOwner#stopped}. */
    record Lost(PartitionId partition) implements OwnerEffect {}

    /**
     * Store in the key of the member that it has stopped what the map of this generation withdraws. To be repeated until it is stored or
     * followed by a higher one.
     */
    record Acknowledge(long generation) implements OwnerEffect {}

    /** Tell an operator: the stored map was not accepted. The last good one stays in force. */
    record Alarm(long mapRevision, String reason) implements OwnerEffect {}
}
