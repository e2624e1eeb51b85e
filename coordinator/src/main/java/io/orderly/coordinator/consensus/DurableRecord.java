package io.orderly.coordinator.consensus;

/**
 * A record of the write-ahead log. The state of a node follows from the records in the order in which they were written: a later
 * record replaces an earlier one about the same thing.
 */
public sealed interface DurableRecord {

    /** Whether a message waits for this record to be durable. Other records become durable with the next fsync, and may be lost. */
    default boolean forced() {
        return switch (this) {
            case Promised _, Accepted _, TailCut _ -> true;
            case CommitMark _, LowWaterMark _ -> false;
        };
    }

    /** The node will accept nothing under a lower ballot. It only grows. */
    record Promised(Ballot ballot) implements DurableRecord {}

    /**
     * The node accepted the entry. It replaces an earlier entry of the same slot, <em>and only that one</em>: the entries after it
     * stay, since they may be decided.
     */
    record Accepted(Entry entry) implements DurableRecord {}

    /** Entries after this slot are gone; it is never below the commit index. */
    record TailCut(long lastKept) implements DurableRecord {}

    /** Every slot up to this one is decided, and this node's entries there have the decided values. It only grows. */
    record CommitMark(long slot) implements DurableRecord {}

    /** Entries up to this slot are in a durable snapshot, and are not read from the log again. It only grows. */
    record LowWaterMark(long slot) implements DurableRecord {}
}
