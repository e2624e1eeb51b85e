package io.orderly.coordinator.consensus;

import java.time.Duration;

/**
 * Limits and timeouts. The nodes of a cluster need not agree on them: each is looked at by the node that proposes, sends or waits, and
 * none by the one that receives.
 *
 * @param heartbeatInterval how often a leader says that it lives, and a candidate repeats its question. Shorter finds dead leaders
 *     sooner, and costs messages
 * @param electionTimeout a follower who hears no leader for this long, and up to as long again by lot, stands for election. Too
 *     short against pauses of disk, network and garbage collector, and leaders change for nothing. At least three heartbeats
 * @param resendTimeout how long a leader waits for the answer to an {@link Message.Accept}, and a receiver for a part of a
 *     snapshot, before it sends again
 * @param diskTimeout how long a leader waits for its own disk before it steps down
 * @param fetchTimeout how long a snapshot is kept, with the log behind it, for a node that was fetching it and is no longer heard. Too short
 *     against pauses of that node, and it begins again from the start; longer holds disk and memory for nodes that are gone
 * @param maxCommandBytes a larger command is refused by the leader; at most {@value Payload.Command#MAX_BYTES}. Larger ones hold up
 *     those behind them
 * @param maxBatchBytes payloads in one {@link Message.Accept}, and entries in one {@link Message.Promise}; at least one goes in
 *     always
 * @param maxBatchEntries the same limit as a count
 * @param maxInFlightBatches unanswered {@link Message.Accept} per follower. More hides latency, and costs memory and
 *     repetition after a loss
 * @param maxUndecidedEntries proposals under way on the leader; the next one of a client is refused. Bounds memory and waiting time
 * @param maxUndecidedBytes the same limit in bytes
 * @param maxWaitingReads reads under way on the leader; the next one of a client is refused
 * @param snapshotChunkBytes part of a snapshot that is asked for with one message; at most {@value Message.SnapshotRequest#MAX_BYTES}.
 *     Larger ones make a fetch faster, and hold up the messages behind them
 * @param snapshotChunksInFlight parts asked for that have not arrived. More hides latency, and costs memory
 * @param snapshotAfterEntries applied since the last snapshot before the next is taken. Fewer makes restarts faster. A log that is
 *     shorter than the last snapshot is no reason for the next, whatever the limits: else a large state would be written over and over
 * @param snapshotAfterBytes the same limit in bytes
 * @param retainedEntries kept in the log below the newest snapshot, so that one who lags a little needs no snapshot
 * @param maxLearnerLag slots that a learner may lack when it is given its vote
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

    /** @throws IllegalArgumentException if a value cannot work; the message names it */
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
            throw new IllegalArgumentException("maxCommandBytes %d is more than the %d that any node takes"
                    .formatted(maxCommandBytes, Payload.Command.MAX_BYTES));
        }
        if (snapshotChunkBytes > Message.SnapshotRequest.MAX_BYTES) {
            throw new IllegalArgumentException("snapshotChunkBytes %d is more than the %d that any node sends"
                    .formatted(snapshotChunkBytes, Message.SnapshotRequest.MAX_BYTES));
        }
        if (maxUndecidedBytes < maxCommandBytes) {
            throw new IllegalArgumentException("maxUndecidedBytes %d has no room for one command of maxCommandBytes %d"
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
