package io.orderly.coordinator.client;

import java.time.Duration;

/** Receives the events of a client, for metrics. Called on the client's threads; implementations return at once and throw nothing. */
public interface ClientObserver {

    ClientObserver NONE = new ClientObserver() {};

    /** The result of a request. */
    enum Result {
        ANSWERED,
        REFUSED,
        UNREACHABLE,
        UNKNOWN
    }

    /**
     * A request has ended.
     *
     * @param request its kind, such as {@code read}
     * @param attempts from 1
     */
    default void requested(String request, Result result, int attempts, Duration duration) {}

    /** A lease was lost: it could not be renewed in time, or the members have ended it. */
    default void leaseLost() {}

    /** A watch was interrupted, and is opened again. */
    default void watchInterrupted() {}

    /** A watch skipped revisions that are compacted, and read the keys again. */
    default void watchCompacted() {}

    /** A new value of a setting was not valid; the old one stays. */
    default void settingRefused(String key) {}

    /** A member was behind what this client had seen, so a read was repeated linearizably. */
    default void staleRead() {}

    /** A method that runs on the leader only was skipped. */
    default void skipped(String election) {}
}
