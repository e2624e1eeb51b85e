package io.orderly.chaos;

/** A place between two steps that no transaction holds together, where a crash has to be survived. */
@FunctionalInterface
public interface CrashPoint {

    /** Passed without consequence. */
    CrashPoint NONE = () -> {};

    /** Returns at once; or never, if a crash was ordered here: then the process ends as by {@code kill -9}. */
    void pass();
}
