package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import java.util.Locale;

/**
 * A condition that must hold for a system, either at any time or when no work is pending. The class name states the
 * condition.
 */
public interface Invariant {

    /** The name of the class, in words. */
    default String name() {
        return getClass().getSimpleName().replaceAll("(?<=.)(?=\\p{Lu})", " ").toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it holds at any time, also while orders are in flight, because it compares data of a single database in
     * one snapshot. Otherwise it holds when no work is pending.
     */
    default boolean holdsAlways() {
        return false;
    }

    /** Reports all violations. */
    void check(Evidence evidence, ViolationCollector violations);
}
