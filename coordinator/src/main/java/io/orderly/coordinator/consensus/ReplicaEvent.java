package io.orderly.coordinator.consensus;

import org.jspecify.annotations.Nullable;

/** An event for logs and metrics. Nothing depends on it. */
public sealed interface ReplicaEvent {

    /** @param reason for people */
    record PreVoting(Ballot ballot, String reason) implements ReplicaEvent {}

    record Preparing(Ballot ballot) implements ReplicaEvent {}

    /**
     * @param adopted how many undecided slots of the promises are proposed again
     * @param commit its commit index at the election
     */
    record BecameLeader(Ballot ballot, long adopted, long commit) implements ReplicaEvent {}

    /** @param leader the leader that it follows from now on; null if it knows none */
    record Following(Ballot ballot, @Nullable NodeId leader) implements ReplicaEvent {}

    /** @param reason for people */
    record SteppedDown(Ballot ballot, String reason) implements ReplicaEvent {}

    /** @param count how many dead entries after {@code lastKept} were removed */
    record TailCut(long lastKept, long count) implements ReplicaEvent {}

    /** A corrupt entry was replaced. */
    record SlotRepaired(long slot) implements ReplicaEvent {}

    record MembershipDecided(long slot, Membership membership) implements ReplicaEvent {}

    record SnapshotFetching(NodeId from, Snapshot snapshot) implements ReplicaEvent {}

    record SnapshotInstalled(Snapshot snapshot) implements ReplicaEvent {}

    /** A snapshot on disk is corrupt. */
    record SnapshotCorrupt(Snapshot snapshot) implements ReplicaEvent {}
}
