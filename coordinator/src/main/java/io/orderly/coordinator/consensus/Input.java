package io.orderly.coordinator.consensus;

/** An input of a replica. Tokens are numbers of the caller that identify its requests; the replica returns them. */
public sealed interface Input {

    /**
     * A message arrived. The decoder has checked its form and limits.
     *
     * @param from the peer of the connection; never the replica itself
     */
    record Received(NodeId from, Message message) implements Input {}

    /**
     * Time has passed. The replica has no other clock, so ticks must be frequent compared with the heartbeat interval; they need
     * not be regular.
     *
     * @param nowNanos of a monotonic clock with any origin; a lower value than before counts as no time
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
     * Requests a linearizable read. The outcome that allows it to read the state machine is {@link ReplicaOutcome.Readable}. It
     * also confirms that this node led at some time after the request, which lease expiry and timestamps need.
     */
    record Read(long token, Origin origin) implements Input {

        /** A client's. */
        public Read(long token) {
            this(token, Origin.CLIENT);
        }
    }

    /**
     * The leader shall transfer its leadership. Its {@link ReplicaOutcome} comes once the target has taken over or the attempt has
     * ended.
     */
    record TransferLeadership(long token, NodeId target) implements Input {}

    /** Everything up to this persist point is durable. Points may be skipped; the highest counts. */
    record Persisted(long point) implements Input {}

    /** {@link SnapshotTask.Take} was carried out: the snapshot is durable under its final name. */
    record SnapshotTaken(Snapshot snapshot) implements Input {}

    /** {@link SnapshotTask.Install} was carried out: the snapshot is durable, and the state machine is restored from it. */
    record SnapshotInstalled(Snapshot snapshot) implements Input {}

    /** {@link SnapshotTask.Install} failed: the checksum of the received snapshot is wrong. It is fetched again from the start. */
    record ReceivedSnapshotCorrupt(Snapshot snapshot) implements Input {}

    /**
     * There is no space on the disk for a snapshot.
     *
     * @param task a {@link SnapshotTask.Take}, which has left nothing; a {@link SnapshotTask.StoreChunk}, with which all chunks of that
     *     snapshot are gone; or the {@link SnapshotTask.Install} of such a snapshot
     */
    record OutOfSpace(SnapshotTask task) implements Input {}

    /** {@link SnapshotTask.SendChunk} found that the snapshot on disk is corrupt. A new one is taken. */
    record StoredSnapshotCorrupt(Snapshot snapshot) implements Input {}
}
