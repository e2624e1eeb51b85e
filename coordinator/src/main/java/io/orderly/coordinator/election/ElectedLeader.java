package io.orderly.coordinator.election;

import io.orderly.coordinator.store.Bytes;

/**
 * The leader of an election.
 *
 * @param key of the candidate in the queue
 * @param token grows from each leader to the next
 * @param value that it proclaimed
 */
public record ElectedLeader(Bytes key, long token, Bytes value) {}
