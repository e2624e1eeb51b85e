package io.orderly.coordinator.etcd;

import java.util.HashSet;
import java.util.Set;

/** A request for the progress of all watches of a stream: complete when each of them has reported. */
final class StreamProgress {

    private final Set<Long> awaited = new HashSet<>();
    private long revision;

    /** @param revision reported if there is no watch to wait for */
    StreamProgress(long revision) {
        this.revision = revision;
    }

    void await(long watch) {
        awaited.add(watch);
    }

    /** @return whether the report of the watch was awaited */
    boolean isReached(long watch, long reached) {
        boolean wasAwaited = awaited.remove(watch);
        if (wasAwaited) {
            revision = Math.min(revision, reached);
        }
        return wasAwaited;
    }

    void forget(long watch) {
        awaited.remove(watch);
    }

    boolean isComplete() {
        return awaited.isEmpty();
    }

    /** The revision up to which all events of all watches are sent. */
    long revision() {
        return revision;
    }
}
