package io.orderly.coordinator.client;

/**
 * The member that a client sends its requests to. It stays with one member, whose responses never go back in time, until that member fails.
 * Thread-safe.
 *
 * @see #failed
 */
final class Endpoints {

    private final int count;
    private int current;
    private long failovers;

    Endpoints(int count, int first) {
        this.count = count;
        current = first;
    }

    synchronized int current() {
        return current;
    }

    /**
     * Switches to the next member, unless another request has already done so: of a hundred requests that fail at once, only the first one
     * switches.
     *
     * @param endpoint that the failed attempt was sent to
     */
    synchronized void failed(int endpoint) {
        if (endpoint == current && count > 1) {
            current = (current + 1) % count;
            failovers++;
        }
    }

    synchronized long failovers() {
        return failovers;
    }
}
