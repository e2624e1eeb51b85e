package io.orderly.lab.audit;

import io.orderly.lab.evidence.Evidence;
import java.util.Locale;

/** Something that must hold of a system at rest. Its class says what. */
public interface Invariant {

    /** What holds, in words: those of the class. */
    default String name() {
        return getClass().getSimpleName().replaceAll("(?<=.)(?=\\p{Lu})", " ").toLowerCase(Locale.ROOT);
    }

    /** Reports all that breaks it. */
    void check(Evidence evidence, Findings findings);
}
