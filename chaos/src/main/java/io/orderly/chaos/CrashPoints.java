package io.orderly.chaos;

/**
 * The crash points of a service. A component requests its crash points by name when it is created, not when it passes
 * them.
 */
@FunctionalInterface
public interface CrashPoints {

    /** Crash points without effect. */
    CrashPoints NONE = _ -> CrashPoint.NONE;

    /**
     * Returns the crash point with this name, always the same instance.
     *
     * @param name names the steps before and after it, such as {@code after-commit-before-publish}
     */
    CrashPoint named(String name);
}
