package io.orderly.coordinator.consensus;

import java.util.function.Supplier;

/** An invariant that a replica checks, in production as well. */
public enum Invariant {
    /** A promise is never taken back. */
    PROMISE_ONLY_GROWS,
    /** Under one ballot, a slot has one value. */
    ONE_VALUE_PER_BALLOT,
    /** A slot is overwritten by a higher or equal ballot only. */
    OVERWRITE_BY_HIGHER_BALLOT,
    /** A decided entry stays: it is neither overwritten with another value nor cut off. */
    DECIDED_STAYS,
    /** The log has no holes between its low-water mark and its end. */
    LOG_IS_CONTIGUOUS,
    /** The commit index only grows, and never passes the end of the log. */
    COMMIT_ONLY_GROWS,
    /** Entries are applied in the order of their slots, each once. */
    APPLY_IN_ORDER,
    /** Low-water mark, snapshot, applied and commit index are in this order. */
    MARKS_IN_ORDER,
    /** A persist point is acknowledged only after it was requested. */
    PERSIST_WHAT_WAS_ASKED;

    void check(boolean holds, Supplier<String> details) {
        if (!holds) {
            throw new InvariantViolation(this, details.get());
        }
    }
}
