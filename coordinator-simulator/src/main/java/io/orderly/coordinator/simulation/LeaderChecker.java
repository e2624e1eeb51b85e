package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.ConsensusSettings;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a leader owes to those who wait for it, besides the truth: it keeps its post only while a majority speaks to it, and takes no
 * more upon itself than it may. Both are asked of one life of one node.
 */
final class LeaderChecker {

    static final String CHECK_QUORUM = "a leader that hears from no majority steps down";
    static final String BOUNDED = "what a leader has under way is bounded";

    /** In election timeouts: what it heard may have waited for it to be awake. */
    private static final int PATIENCE = 2;

    private final ConsensusSettings configuration;
    private final Map<NodeId, Long> heardNanos = new HashMap<>();

    LeaderChecker(ConsensusSettings configuration) {
        this.configuration = configuration;
    }

    /** Its time begins. */
    void leads() {
        heardNanos.clear();
    }

    void hears(NodeId from, long nowNanos) {
        heardNanos.put(from, nowNanos);
    }

    /** After a tick and nothing else: who the voters are may be decided at any time, and whether they are heard is looked at then. */
    void checkQuorum(Status status, long nowNanos) {
        if (status.role() != Status.Role.LEADER) {
            return;
        }
        List<NodeId> voters = status.membership().voters();
        long patience = PATIENCE * configuration.electionTimeout().toNanos();
        long heard = voters.stream()
                .filter(voter -> voter.equals(status.node())
                        || nowNanos - heardNanos.computeIfAbsent(voter, _ -> nowNanos) <= patience)
                .count();
        if (2 * heard <= voters.size()) {
            throw PropertyViolation.safety(
                    CHECK_QUORUM, "%s leads, and has heard from %d of %s".formatted(status.node(), heard, voters));
        }
    }

    /** @param own how many of its proposals no client has asked for */
    void checkBound(Status status, LongSupplier own) {
        int most = configuration.maxUndecidedEntries();
        // a change of members is under way at most once, and counts among them
        if (status.undecided() > most && status.undecided() > most + own.getAsLong() + 1) {
            throw PropertyViolation.safety(
                    BOUNDED,
                    "%s has %d proposals under way, and may have %d, and %d of its own"
                            .formatted(status.node(), status.undecided(), most, own.getAsLong()));
        }
    }
}
