package io.orderly.coordinator.log;

import io.orderly.coordinator.consensus.DurableState;

/**
 * The result of opening a node's folder.
 *
 * @param state to start the replica from; its faulty slots are to be repaired
 * @param tornBytes cut off the end, which were never acknowledged
 * @param corruptRecords that were durable once and cannot be read; those of them that nothing else has taken the place of
 *     are the faulty slots of {@code state}
 * @param recordsRecoveredFromIndex whose header is corrupt, and known from the index
 * @param corruptSnapshots newer than the one in {@code state}, and corrupt
 * @param segments how many were read
 * @param bytes how many were read of them
 */
public record RecoveryReport(
        DurableState state,
        long tornBytes,
        int corruptRecords,
        int recordsRecoveredFromIndex,
        int corruptSnapshots,
        int segments,
        long bytes) {}
