package io.orderly.coordinator.election;

import io.orderly.coordinator.store.Bytes;

/**
 * Who leads.
 *
 * @param key by which it stands
 * @param token grows from each leader to the next
 * @param value that it proclaimed
 */
public record ElectedLeader(Bytes key, long token, Bytes value) {}
