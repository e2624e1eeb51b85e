package io.orderly.chaos;

/** A point between two steps that do not share a transaction, where the system must tolerate a crash. */
@FunctionalInterface
public interface CrashPoint {

    /** Passing it has no effect. */
    CrashPoint NONE = () -> {};

    /**
     * Returns immediately, or never if a crash fault is active for this point: then the process ends as with {@code
     * kill -9}. If a pause is active for it, it returns when the process continues.
     */
    void pass();
}
