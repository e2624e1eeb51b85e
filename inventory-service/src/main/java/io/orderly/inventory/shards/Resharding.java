package io.orderly.inventory.shards;

import io.orderly.partitions.range.RangeMap;

/** The result of a split or merge. */
public sealed interface Resharding {

    /** The map is in force, and the rows are where it says. */
    record Done(RangeMap map) implements Resharding {}

    /** The ranges do not allow it; nothing was changed. */
    record Refused(String reason) implements Resharding {}

    /** Another change came first; nothing was changed. */
    record Conflict() implements Resharding {}

    /** @param reason why the map is not in force now; if it is published, an instance repeats the move */
    record Unavailable(String reason) implements Resharding {}
}
