package io.orderly.coordinator.consensus;

/** What may happen to a replica. Tokens are the edge's own numbers, to tell its requests apart; the replica hands them back. */
public sealed interface Input {

    /**
     * A message arrived. Its content has been checked for form and limits by whoever decoded it.
     *
     * @param from as the connection says; never the replica itself
     */
    record Received(NodeId from, Message message) implements Input {}

    /**
     * Time went on. The replica knows no other time, so ticks must come often against the heartbeat interval; they need not be
     * regular.
     *
     * @param nowNanos of a monotonic clock with any origin; one that goes back is taken as standing still
     */
    record Tick(long nowNanos) implements Input {}

    /** A command. Its {@link ReplicaOutcome} comes out of this step or a later one. */
    record Propose(long token, byte[] command, Origin origin) implements Input {

        /** A client's. */
        public Propose(long token, byte[] command) {
            this(token, command, Origin.CLIENT);
        }
    }

    /** A change of one member. Its {@link ReplicaOutcome} comes out of this step or a later one. */
    record ChangeMembership(long token, MembershipRequest request) implements Input {}

    /**
     * A linearizable read is wanted: when may it look at the state machine? The answer is {@link ReplicaOutcome.Readable}. It also
     * confirms that this node led at some time after the request, which is what lease expiry and timestamps need.
     */
    record Read(long token, Origin origin) implements Input {

        /** A client's. */
        public Read(long token) {
            this(token, Origin.CLIENT);
        }
    }

    /** The leader is to hand over. Its {@link ReplicaOutcome} comes once the target has taken over or the attempt is given up. */
    record TransferLeadership(long token, NodeId target) implements Input {}

    /** Everything up to this persist point is durable. Points may be skipped; the highest counts. */
    record Persisted(long point) implements Input {}

    /** The edge followed {@link SnapshotTask.Take}: the snapshot is durable under its final name. */
    record SnapshotTaken(Snapshot snapshot) implements Input {}

    /** The edge followed {@link SnapshotTask.Install}: the snapshot is durable, and the state machine restored from it. */
    record SnapshotInstalled(Snapshot snapshot) implements Input {}

    /** The edge refused {@link SnapshotTask.Install}: its checksum is wrong. It is fetched again from the start. */
    record ReceivedSnapshotCorrupt(Snapshot snapshot) implements Input {}

    /** The edge followed {@link SnapshotTask.SendChunk} and found that the snapshot is not what was written. Another one is taken in its place. */
    record StoredSnapshotCorrupt(Snapshot snapshot) implements Input {}
}
