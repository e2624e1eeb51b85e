package io.orderly.coordinator.consensus;

import org.jspecify.annotations.Nullable;

/** Something that people and metrics like to know. Nothing depends on it. */
public sealed interface ReplicaEvent {

    /** @param reason for people */
    record PreVoting(Ballot ballot, String reason) implements ReplicaEvent {}

    record Preparing(Ballot ballot) implements ReplicaEvent {}

    /**
     * @param adopted how many slots were found undecided in promises and are proposed again
     * @param commit what it knew as decided when it began
     */
    record BecameLeader(Ballot ballot, long adopted, long commit) implements ReplicaEvent {}

    /** @param leader whom it follows from now on; null if it knows none */
    record Following(Ballot ballot, @Nullable NodeId leader) implements ReplicaEvent {}

    /** @param reason for people */
    record SteppedDown(Ballot ballot, String reason) implements ReplicaEvent {}

    /** @param count how many dead entries after {@code lastKept} are gone */
    record TailCut(long lastKept, long count) implements ReplicaEvent {}

    /** A corrupt entry was replaced. */
    record SlotRepaired(long slot) implements ReplicaEvent {}

    record MembershipDecided(long slot, Membership membership) implements ReplicaEvent {}

    record SnapshotFetching(NodeId from, Snapshot snapshot) implements ReplicaEvent {}

    record SnapshotInstalled(Snapshot snapshot) implements ReplicaEvent {}

    /** A snapshot has become unreadable on disk. */
    record SnapshotCorrupt(Snapshot snapshot) implements ReplicaEvent {}
}
