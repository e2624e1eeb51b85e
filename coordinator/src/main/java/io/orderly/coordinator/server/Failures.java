package io.orderly.coordinator.server;

import org.jspecify.annotations.Nullable;

/** Collects exceptions, so that a listener that throws does not prevent the remaining actions. */
final class Failures {

    private @Nullable RuntimeException first;

    /** Runs an action. An exception is thrown by {@link #rethrow}. */
    void collect(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            if (first == null) {
                first = e;
            } else if (first != e) {
                first.addSuppressed(e);
            }
        }
    }

    /** Throws the first exception, if there was one; the others are suppressed in it. */
    void rethrow() {
        if (first != null) {
            throw first;
        }
    }
}
