package io.orderly.coordinator.store;

/**
 * Counts the work of one command or read in steps, and limits it, so that none blocks the applying thread for long. A step is about 50
 * nanoseconds: one key visited, or one comparison of a sort. The count depends on the state alone, so every node refuses the same commands.
 */
final class Work {

    /** About 100 milliseconds. It is a rule of the replicated state: nodes with another limit would refuse other commands. */
    static final long MAX_STEPS = 2_000_000;

    /** A key written or deleted: its version, its event, their digests and the tree. */
    static final int STEPS_PER_WRITE = 40;

    private final long maxSteps;
    private long reserved;
    private long done;

    /** The work of a command. */
    Work() {
        this(MAX_STEPS);
    }

    /** @param maxSteps at most {@link #MAX_STEPS} */
    Work(long maxSteps) {
        this.maxSteps = Math.min(maxSteps, MAX_STEPS);
    }

    /** More steps than allowed are needed. */
    static final class LimitExceeded extends RuntimeException {
        private LimitExceeded() {
            super(null, null, false, false);
        }
    }

    /**
     * Before steps are done.
     *
     * @throws LimitExceeded if the total would exceed the limit
     */
    void reserve(long steps) {
        if (steps > maxSteps - reserved) {
            throw new LimitExceeded();
        }
        reserved += steps;
    }

    /** Executes reserved steps. */
    void record(long steps) {
        done += steps;
    }

    /** Reserves and executes steps. */
    void spend(long steps) {
        reserve(steps);
        record(steps);
    }

    long done() {
        return done;
    }

    /** The steps of sorting this many keys. */
    static long ofSorting(long keys) {
        return keys * (Long.SIZE - Long.numberOfLeadingZeros(keys));
    }
}
