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

    static final String CHECK_QUORUM = "a leader that hears from no majority steps down";
    static final String BOUNDED = "a leader's pending proposals are bounded";

    /** In election timeouts: messages may have waited while the process was paused. */
    private static final int PATIENCE = 2;

    private final ConsensusSettings settings;
    private final Map<NodeId, Long> heardNanos = new HashMap<>();

    LeaderChecker(ConsensusSettings settings) {
        this.settings = settings;
    }

    /** The node becomes leader. */
    void leads() {
        heardNanos.clear();
    }

    void hears(NodeId from, long nowNanos) {
        heardNanos.put(from, nowNanos);
    }

    /** To be called after a tick alone: the voters may change with any other input, and the leader checks them at ticks. */
    void checkQuorum(Status status, long nowNanos) {
        if (status.role() != Status.Role.LEADER) {
            return;
        }
        List<NodeId> voters = status.membership().voters();
        long patience = PATIENCE * settings.electionTimeout().toNanos();
        long heard = voters.stream()
                .filter(voter -> voter.equals(status.node())
                        || nowNanos - heardNanos.computeIfAbsent(voter, _ -> nowNanos) <= patience)
                .count();
        if (2 * heard <= voters.size()) {
            throw PropertyViolation.safety(
                    CHECK_QUORUM, "%s leads, and has heard from %d of %s".formatted(status.node(), heard, voters));
        }
    }

    /** @param own how many of its proposals are of the node itself */
    void checkBound(Status status, LongSupplier own) {
        int most = settings.maxUndecidedEntries();
        // one membership change may be under way, and counts as a proposal
        if (status.undecided() > most && status.undecided() > most + own.getAsLong() + 1) {
            throw PropertyViolation.safety(
                    BOUNDED,
                    "%s has %d proposals under way, and may have %d, and %d of its own"
                            .formatted(status.node(), status.undecided(), most, own.getAsLong()));
        }
    }
}
