package io.orderly.coordinator.consensus;

import org.jspecify.annotations.Nullable;

/** Something that people and metrics like to know. Nothing depends on it. */
public sealed interface Event {

    /** @param reason for people */
    record Probing(Ballot ballot, String reason) implements Event {}

    record Preparing(Ballot ballot) implements Event {}

    /**
     * @param adopted how many slots were found undecided in promises and are proposed again
     * @param commit what it knew as decided when it began
     */
    record BecameLeader(Ballot ballot, long adopted, long commit) implements Event {}

    /** @param leader whom it follows from now on; null if it knows none */
    record Following(Ballot ballot, @Nullable NodeId leader) implements Event {}

    /** @param reason for people */
    record SteppedDown(Ballot ballot, String reason) implements Event {}

    /** @param count how many dead entries after {@code lastKept} are gone */
    record TailCut(long lastKept, long count) implements Event {}

    /** A corrupt entry was replaced. */
    record SlotRepaired(long slot) implements Event {}

    record MembershipDecided(long slot, Membership membership) implements Event {}

    record SnapshotFetching(NodeId from, Snapshot snapshot) implements Event {}

    record SnapshotInstalled(Snapshot snapshot) implements Event {}

    /** A snapshot has become unreadable on disk. */
    record SnapshotRotten(Snapshot snapshot) implements Event {}
}
