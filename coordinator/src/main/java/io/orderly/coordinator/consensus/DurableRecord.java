package io.orderly.coordinator.consensus;

/**
 * A record of the write-ahead log. The state of a node is what the records say in the order in which they were written: a
 * later one about the same thing takes the place of an earlier one.
 */
public sealed interface DurableRecord {

    /** Whether someone waits for this record to be durable. Others may ride along with the next fsync, and may be lost. */
    default boolean forced() {
        return switch (this) {
            case Promised _, Accepted _, TailCut _ -> true;
            case CommitMark _, LowWaterMark _ -> false;
        };
    }

    /** The node will accept nothing under a lower ballot. Only ever grows. */
    record Promised(Ballot ballot) implements DurableRecord {}

    /**
     * The node accepted the entry. It takes the place of an earlier entry of the same slot, <em>and of that one alone</em>: what
     * lies behind it in the log stays, for it may be decided.
     */
    record Accepted(Entry entry) implements DurableRecord {}

    /** Entries after this slot are gone; it is never below the commit index. */
    record TailCut(long lastKept) implements DurableRecord {}

    /** Every slot up to this one is decided, and what this node accepted there is what was decided. Only ever grows. */
    record CommitMark(long slot) implements DurableRecord {}

    /** Entries up to this slot are in a durable snapshot, and nobody asks the log for them again. Only ever grows. */
    record LowWaterMark(long slot) implements DurableRecord {}
}
