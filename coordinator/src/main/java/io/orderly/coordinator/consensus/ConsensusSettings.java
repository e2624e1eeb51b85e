package io.orderly.coordinator.consensus;

import java.time.Duration;

/**
 * Limits and timeouts. They may differ between the nodes of a cluster: each is used by the node that proposes, sends or waits, and
 * none by the receiver.
 *
 * @param heartbeatInterval how often a leader sends heartbeats, and a candidate repeats its request. A shorter interval detects
 *     failed leaders sooner, and costs messages
 * @param electionTimeout a follower that receives nothing from a leader for this long, plus a random part of it, starts an
 *     election. If it is shorter than pauses of disk, network and garbage collector, leaders change without need. At least three
 *     heartbeats
 * @param resendTimeout how long a leader waits for the response to an {@link Message.Accept}, and a receiver for a chunk of a
 *     snapshot, before it sends again
 * @param diskTimeout how long a leader waits for its own disk before it steps down
 * @param fetchTimeout how long a snapshot is kept, with the log after it, for a node that was fetching it and has stopped
 *     requesting chunks. If it is shorter than pauses of that node, the node starts again from the beginning; longer values hold
 *     disk and memory for nodes that are gone
 * @param maxCommandBytes a larger command is refused by the leader; at most {@value Payload.Command#MAX_BYTES}. Larger ones delay
 *     the commands after them
 * @param maxBatchBytes payloads in one {@link Message.Accept}, and entries in one {@link Message.Promise}; a message always has at
 *     least one. At most {@value Message#MAX_BATCH_BYTES}
 * @param maxBatchEntries the same limit as a count; at most {@value Message#MAX_BATCH_ENTRIES}
 * @param maxInFlightBatches unacknowledged {@link Message.Accept} per follower. More hide latency, and cost memory and repetition
 *     after a loss
 * @param maxUndecidedEntries undecided proposals of the leader; a client's next one is refused. Bounds memory and waiting time
 * @param maxUndecidedBytes the same limit in bytes
 * @param maxWaitingReads pending reads of the leader; a client's next one is refused
 * @param snapshotChunkBytes part of a snapshot that is requested with one message; at most
 *     {@value Message.SnapshotRequest#MAX_BYTES}.
 *     Larger ones make a fetch faster, and delay the messages after them
 * @param snapshotChunksInFlight chunks requested that have not arrived. More hide latency, and cost memory
 * @param snapshotAfterEntries applied since the last snapshot before the next is taken. Fewer make restarts faster. No snapshot is
 *     taken while the log is shorter than the last one, whatever the limits: otherwise a large state would be written again and
 *     again
 * @param snapshotAfterBytes the same limit in bytes
 * @param retainedEntries kept in the log below the newest snapshot, so that a follower that lags a little needs no snapshot
 * @param maxLearnerLag slots that a learner may lack when it becomes a voter
 */
public record ConsensusSettings(
        Duration heartbeatInterval,
        Duration electionTimeout,
        Duration resendTimeout,
        Duration diskTimeout,
        Duration fetchTimeout,
        int maxCommandBytes,
        int maxBatchBytes,
        int maxBatchEntries,
        int maxInFlightBatches,
        int maxUndecidedEntries,
        int maxUndecidedBytes,
        int maxWaitingReads,
        int snapshotChunkBytes,
        int snapshotChunksInFlight,
        int snapshotAfterEntries,
        long snapshotAfterBytes,
        int retainedEntries,
        int maxLearnerLag) {

    /**
     * For a local network and disks that answer within some milliseconds: a dead leader is replaced in well under a second. A
     * command can carry a request of 1.5 MiB, as in etcd.
     */
    public static final ConsensusSettings DEFAULTS = new ConsensusSettings(
            Duration.ofMillis(50),
            Duration.ofMillis(300),
            Duration.ofMillis(150),
            Duration.ofMillis(1_000),
            Duration.ofSeconds(5),
            (3 << 19) + (16 << 10),
            1 << 20,
            4_096,
            16,
            16_384,
            64 << 20,
            16_384,
            1 << 20,
            4,
            100_000,
            128L << 20,
            10_000,
            1_000);

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public ConsensusSettings {
        positive("heartbeatInterval", heartbeatInterval.toNanos());
        positive("resendTimeout", resendTimeout.toNanos());
        positive("diskTimeout", diskTimeout.toNanos());
        positive("fetchTimeout", fetchTimeout.toNanos());
        positive("maxCommandBytes", maxCommandBytes);
        positive("maxBatchBytes", maxBatchBytes);
        positive("maxBatchEntries", maxBatchEntries);
        positive("maxInFlightBatches", maxInFlightBatches);
        positive("maxUndecidedEntries", maxUndecidedEntries);
        positive("maxUndecidedBytes", maxUndecidedBytes);
        positive("maxWaitingReads", maxWaitingReads);
        positive("snapshotChunkBytes", snapshotChunkBytes);
        positive("snapshotChunksInFlight", snapshotChunksInFlight);
        positive("snapshotAfterEntries", snapshotAfterEntries);
        positive("snapshotAfterBytes", snapshotAfterBytes);
        if (electionTimeout.compareTo(heartbeatInterval.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException("electionTimeout %s is under three times heartbeatInterval %s"
                    .formatted(electionTimeout, heartbeatInterval));
        }
        if (maxCommandBytes > Payload.Command.MAX_BYTES) {
            throw new IllegalArgumentException("maxCommandBytes %d exceeds the %d that every node accepts"
                    .formatted(maxCommandBytes, Payload.Command.MAX_BYTES));
        }
        if (maxBatchBytes > Message.MAX_BATCH_BYTES || maxBatchEntries > Message.MAX_BATCH_ENTRIES) {
            throw new IllegalArgumentException(
                    "maxBatchBytes %d or maxBatchEntries %d exceeds the %d and %d that any node takes"
                            .formatted(
                                    maxBatchBytes,
                                    maxBatchEntries,
                                    Message.MAX_BATCH_BYTES,
                                    Message.MAX_BATCH_ENTRIES));
        }
        if (snapshotChunkBytes > Message.SnapshotRequest.MAX_BYTES) {
            throw new IllegalArgumentException("snapshotChunkBytes %d exceeds the %d that any node sends"
                    .formatted(snapshotChunkBytes, Message.SnapshotRequest.MAX_BYTES));
        }
        if (maxUndecidedBytes < maxCommandBytes) {
            throw new IllegalArgumentException("maxUndecidedBytes %d is less than maxCommandBytes %d"
                    .formatted(maxUndecidedBytes, maxCommandBytes));
        }
        if (retainedEntries < 0 || maxLearnerLag < 0) {
            throw new IllegalArgumentException(
                    "negative: retainedEntries %d or maxLearnerLag %d".formatted(retainedEntries, maxLearnerLag));
        }
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("%s is %d, not above 0".formatted(name, value));
        }
    }
}
