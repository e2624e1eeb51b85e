package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.ConsensusSettings;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Checks a leader: it steps down if no majority responds, and its pending proposals are bounded. One checker for each process life
 * of a node.
 */
final class LeaderChecker {

    static final String CHECK_QUORUM = "a leader without responses of a majority steps down";
    static final String BOUNDED = "a leader's pending proposals are bounded";

    /** In election timeouts: messages may have waited while the process was paused. */
    private static final int PATIENCE = 2;

    private final ConsensusSettings settings;
    private final Map<NodeId, Long> lastReceivedNanos = new HashMap<>();

    LeaderChecker(ConsensusSettings settings) {
        this.settings = settings;
    }

    /** The node becomes leader. */
    void leads() {
        lastReceivedNanos.clear();
    }

    void receivedFrom(NodeId from, long nowNanos) {
        lastReceivedNanos.put(from, nowNanos);
    }

    /** To be called only after a tick: the voters may change with any other input, and the leader checks them at ticks. */
    void checkQuorum(Status status, long nowNanos) {
        if (status.role() != Status.Role.LEADER) {
            return;
        }
        List<NodeId> voters = status.membership().voters();
        long patience = PATIENCE * settings.electionTimeout().toNanos();
        long responses = voters.stream()
                .filter(voter -> voter.equals(status.node())
                        || nowNanos - lastReceivedNanos.computeIfAbsent(voter, _ -> nowNanos) <= patience)
                .count();
        if (2 * responses <= voters.size()) {
            throw PropertyViolation.safety(
                    CHECK_QUORUM,
                    "%s leads, but has responses of only %d of %s".formatted(status.node(), responses, voters));
        }
    }

    /** @param own how many of its proposals are of the node itself */
    void checkBound(Status status, LongSupplier own) {
        int most = settings.maxUndecidedEntries();
        // one membership change may be pending, and counts as a proposal
        if (status.undecided() > most && status.undecided() > most + own.getAsLong() + 1) {
            throw PropertyViolation.safety(
                    BOUNDED,
                    "%s has %d pending proposals; the limit is %d, and %d for its own"
                            .formatted(status.node(), status.undecided(), most, own.getAsLong()));
        }
    }
}
