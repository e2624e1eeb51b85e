package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.DurableState;

/**
 * The result of opening a node's folder.
 *
 * @param state to start the replica from; its corrupt slots are to be repaired
 * @param tornBytes bytes cut off the end, which were never acknowledged
 * @param corruptRecords records that were durable once and cannot be read; those that no later record replaces are the corrupt slots of
 *     {@code state}
 * @param recordsRecoveredFromIndex records whose header is corrupt, and known from the index
 * @param corruptSnapshots corrupt snapshots newer than the one in {@code state}
 * @param segments the number of segments read
 * @param bytes the number of bytes read
 */
public record RecoveryReport(
        DurableState state,
        long tornBytes,
        int corruptRecords,
        int recordsRecoveredFromIndex,
        int corruptSnapshots,
        int segments,
        long bytes) {}
