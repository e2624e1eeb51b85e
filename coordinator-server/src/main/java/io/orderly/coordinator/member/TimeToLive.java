package io.orderly.coordinator.member;

import io.orderly.coordinator.store.Bytes;
import java.util.List;

/**
 * The remaining time of a lease.
 *
 * @param remainingMillis until it ends without renewal
 * @param ttlMillis its full time
 * @param keys that are attached to it, in order; empty if they were not requested
 */
public record TimeToLive(long remainingMillis, long ttlMillis, List<Bytes> keys) {

    public TimeToLive {
        keys = List.copyOf(keys);
    }
}
