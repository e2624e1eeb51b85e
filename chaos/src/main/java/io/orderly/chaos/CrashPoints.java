package io.orderly.chaos;

/** The crash points of a service. Whoever passes one asks for it by name when it is made, not when it passes. */
@FunctionalInterface
public interface CrashPoints {

    /** Nothing ever crashes. */
    CrashPoints NONE = _ -> CrashPoint.NONE;

    /**
     * The point of this name; the same one for all who ask.
     *
     * @param name says between which two steps it lies, such as {@code after-commit-before-publish}
     */
    CrashPoint named(String name);
}
