package io.orderly.coordinator.member;

import io.orderly.coordinator.consensus.ConsensusSettings;
import io.orderly.coordinator.server.ServerSettings;
import java.time.Duration;

/**
 * Settings of a {@link ClusterMember}.
 *
 * @param tickInterval the interval of the ticks of the node, its leases and its watches. A longer one makes timeouts less exact
 * @param maxPendingRequests of clients, from arrival to answer; the next one is refused
 * @param maxPendingBytes of the commands of such requests; the next command is refused
 * @param maxPeerMessages that wait for the event loop; the next one is dropped
 * @param maxStepsOnLoop a read that takes more work than this, in steps of about 50 nanoseconds, is done on another thread from an
 *     immutable view
 * @param maxStepsPerTurn after so much work on decided entries, in the same steps, the others wait for the next turn of the event loop.
 *     More delay heartbeats; fewer cost turns
 * @param maxLargeReads that wait for that thread; the next one is refused
 * @param diskReserveBytes with less free space on the disk, the leader refuses commands that add data; 0 for none
 */
public record MemberSettings(
        ConsensusSettings consensus,
        ServerSettings server,
        ForwardingSettings forwarding,
        Duration tickInterval,
        int maxPendingRequests,
        long maxPendingBytes,
        int maxPeerMessages,
        int maxStepsOnLoop,
        int maxStepsPerTurn,
        int maxLargeReads,
        long diskReserveBytes) {

    /** Waiting requests use up to an eighth of the heap. */
    public static final MemberSettings DEFAULTS = new MemberSettings(
            ConsensusSettings.DEFAULTS,
            ServerSettings.DEFAULTS,
            ForwardingSettings.DEFAULTS,
            Duration.ofMillis(10),
            32_768,
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8),
            16_384,
            1_000,
            200_000,
            256,
            128L << 20);

    /** @throws IllegalArgumentException if a value is not above 0, or the reserve below it */
    public MemberSettings {
        if (!tickInterval.isPositive()
                || maxPendingRequests <= 0
                || maxPendingBytes <= 0
                || maxPeerMessages <= 0
                || maxStepsOnLoop <= 0
                || maxStepsPerTurn <= 0
                || maxLargeReads <= 0
                || diskReserveBytes < 0) {
            throw new IllegalArgumentException(
                    "tickInterval %s, maxPendingRequests %d, maxPendingBytes %d, maxPeerMessages %d, maxStepsOnLoop %d, maxStepsPerTurn %d, maxLargeReads %d, diskReserveBytes %d"
                            .formatted(
                                    tickInterval,
                                    maxPendingRequests,
                                    maxPendingBytes,
                                    maxPeerMessages,
                                    maxStepsOnLoop,
                                    maxStepsPerTurn,
                                    maxLargeReads,
                                    diskReserveBytes));
        }
    }
}
