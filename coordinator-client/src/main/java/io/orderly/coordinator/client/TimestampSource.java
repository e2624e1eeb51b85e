package io.orderly.coordinator.client;

/** A source of ranges of timestamps. */
interface TimestampSource {

    /**
     * Allocates timestamps greater than all that were allocated before this call, if all clients use the same source. Blocking.
     *
     * @return the first, as a packed number
     * @throws CoordinatorException if no range was allocated until the timeout
     */
    long allocate(int count);
}
