package io.orderly.clock;

/** Allocates hybrid timestamps to processes that share the allocator, whatever their own clocks show. Thread-safe. */
@FunctionalInterface
public interface TimestampAllocator {

    /**
     * Allocates consecutive timestamps that no other process gets, greater than all that were allocated before this call. Blocking.
     *
     * @param count from 1 to 60,000
     * @return the first of them
     * @throws RuntimeException if they were not allocated in time
     */
    HybridTimestamp allocate(int count);
}
