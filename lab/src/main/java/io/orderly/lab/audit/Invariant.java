package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import java.util.Locale;

/** Something that must hold of a system, at rest or always. Its class says what. */
public interface Invariant {

    /** What holds, in words: those of the class. */
    default String name() {
        return getClass().getSimpleName().replaceAll("(?<=.)(?=\\p{Lu})", " ").toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it holds at any moment, also while orders are under way: what it compares is within one database, and is read in
     * one snapshot. Otherwise it holds at rest.
     */
    default boolean holdsAlways() {
        return false;
    }

    /** Reports all that breaks it. */
    void check(Evidence evidence, ViolationCollector findings);
}
