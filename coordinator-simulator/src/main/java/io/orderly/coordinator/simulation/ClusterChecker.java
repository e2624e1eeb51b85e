package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks the safety properties of the cluster at every step, with access to all nodes and disks.
 *
 * <p>{@link ChosenValues} has the chosen values. This class checks what each node does and sends, and what it knows after a
 * restart.
 */
final class ClusterChecker {

    static final String ONE_LEADER = "one leader per ballot";
    static final String PROMISE_IS_DURABLE = "promises are durable before they are sent";
    static final String ACCEPTANCE_IS_DURABLE = "acceptances are durable before they are sent";
    static final String FRESH = "a read sees all commands acknowledged before it";
    static final String MEMORY = "a node still has what it reported before a restart";
    static final String ORDER = "slots are applied in order";
    static final String EQUAL_STATE = "equal logs give equal states";
    static final String NO_FALSE_ALARM = "equal states are not found to differ";

    /** Observations of one node, from its first start to the loss of its disk. */
    private static final class NodeObservation {

        /** Records that may not be durable yet, with their persist points. */
        final Deque<Written> written = new ArrayDeque<>();

        final TreeMap<Long, Entry> durable = new TreeMap<>();
        Ballot durablePromise = Ballot.ZERO;
        /** The highest ballot of any response that this node sent. */
        Ballot respondedUnder = Ballot.ZERO;

        /** For each slot, the ballot under which this node reported its acceptance. */
        final TreeMap<Long, Ballot> reportedAccepted = new TreeMap<>();

        /** A cut after this slot was written before the last crash, and may be on disk or not. */
        long maybeCutAfter = Long.MAX_VALUE;

        long applied;
    }

    private record Written(long point, List<DurableRecord> records) {}

    private final Map<NodeId, NodeObservation> observations = new HashMap<>();

    private final ChosenValues chosenValues;
    private final Map<Long, Long> fingerprints = new HashMap<>();
    private final Map<Ballot, String> leaders = new HashMap<>();

    private long acknowledged;

    ClusterChecker(Membership initial) {
        chosenValues = new ChosenValues(initial);
    }

    long highestDecided() {
        return chosenValues.highestDecided();
    }

    Membership membership() {
        return chosenValues.membership();
    }

    private NodeObservation of(NodeId node) {
        return observations.computeIfAbsent(node, _ -> new NodeObservation());
    }

    // what nodes do

    /** @param point of all records so far */
    void wrote(NodeId node, List<DurableRecord> records, long point) {
        of(node).written.add(new Written(point, records));
        for (DurableRecord record : records) {
            if (record instanceof DurableRecord.Accepted one) {
                chosenValues.proposed(node, one.entry());
            }
        }
    }

    void becameDurable(NodeId node, long point) {
        NodeObservation observation = of(node);
        while (!observation.written.isEmpty() && observation.written.peek().point <= point) {
            for (DurableRecord record : observation.written.remove().records) {
                becameDurable(node, observation, record);
            }
        }
    }

    private void becameDurable(NodeId node, NodeObservation observation, DurableRecord record) {
        switch (record) {
            case DurableRecord.Promised promised ->
                observation.durablePromise = max(observation.durablePromise, promised.ballot());
            case DurableRecord.Accepted one -> {
                Entry entry = one.entry();
                observation.durable.put(entry.slot(), entry);
                chosenValues.accepted(node, entry);
                if (entry.ballot().node() == node.value()) {
                    // a leader counts its own acceptances without a message
                    observation.reportedAccepted.put(entry.slot(), entry.ballot());
                }
            }
            case DurableRecord.TailCut cut -> {
                chosenValues.cut(node, observation.durable.tailMap(cut.lastKept(), false));
                observation.durable.tailMap(cut.lastKept(), false).clear();
                observation.reportedAccepted.tailMap(cut.lastKept(), false).clear();
            }
            case DurableRecord.CommitMark _ -> {}
            case DurableRecord.LowWaterMark mark -> forgetUpTo(observation, mark.slot());
        }
    }

    private static void forgetUpTo(NodeObservation observation, long slot) {
        observation.durable.headMap(slot, true).clear();
        observation.reportedAccepted.headMap(slot, true).clear();
    }

    /** The node sends a response. */
    void sends(NodeId node, Message message) {
        NodeObservation observation = of(node);
        switch (message) {
            case Message.Promise promise -> {
                if (observation.durablePromise.compareTo(promise.ballot()) < 0) {
                    throw PropertyViolation.safety(
                            PROMISE_IS_DURABLE,
                            "%s sends %s, but the promise on its disk is %s"
                                    .formatted(node, promise, observation.durablePromise));
                }
                observation.respondedUnder = max(observation.respondedUnder, promise.ballot());
            }
            case Message.Accepted accepted -> {
                observation.respondedUnder = max(observation.respondedUnder, accepted.ballot());
                for (Map.Entry<Long, Entry> slot :
                        observation.durable.headMap(accepted.match(), true).entrySet()) {
                    if (slot.getValue().ballot().equals(accepted.ballot())) {
                        observation.reportedAccepted.put(slot.getKey(), accepted.ballot());
                    }
                }
                for (long slot = accepted.match(); slot > 0 && !chosenValues.isDecided(slot); slot--) {
                    if (!chosenValues.wasAccepted(node, slot, accepted.ballot())) {
                        throw PropertyViolation.safety(
                                ACCEPTANCE_IS_DURABLE,
                                "%s sends %s, but slot %d was never on its disk with that ballot"
                                        .formatted(node, accepted, slot));
                    }
                }
            }
            default -> {}
        }
    }

    /** @param where identifies one process life of a node */
    void leads(NodeId node, Ballot ballot, String where) {
        String other = leaders.putIfAbsent(ballot, where);
        if (ballot.node() != node.value() || (other != null && !other.equals(where))) {
            throw PropertyViolation.safety(
                    ONE_LEADER, "%s leads under %s, but %s did, too".formatted(where, ballot, other));
        }
    }

    /** @return whether this is the first node to apply the slot */
    boolean applies(NodeId node, Entry entry, long fingerprint) {
        NodeObservation observation = of(node);
        if (entry.slot() != observation.applied + 1) {
            throw PropertyViolation.safety(ORDER, "%s applies %s after %d".formatted(node, entry, observation.applied));
        }
        observation.applied = entry.slot();
        boolean isFirst = chosenValues.applied(node, entry);
        Long expected = fingerprints.putIfAbsent(entry.slot(), fingerprint);
        if (expected != null && expected != fingerprint) {
            throw PropertyViolation.safety(
                    EQUAL_STATE,
                    "the state of %s differs from that of other nodes after slot %d".formatted(node, entry.slot()));
        }
        return isFirst;
    }

    /** A node learns the members that decide the slots after one. */
    void members(NodeId node, long slot, Membership membership) {
        chosenValues.members(node, slot, membership);
    }

    /** The command in a slot is acknowledged to a client. */
    void acknowledges(long slot) {
        acknowledged = Math.max(acknowledged, slot);
    }

    long acknowledged() {
        return acknowledged;
    }

    /** @param mustSee the highest slot acknowledged to any client when the read was requested */
    void reads(NodeId node, long slot, long mustSee) {
        if (slot < mustSee) {
            throw PropertyViolation.safety(
                    FRESH, "%s reads at slot %d, but slot %d was acknowledged".formatted(node, slot, mustSee));
        }
    }

    /** A node has restored its state from a snapshot. */
    void restores(NodeId node, long slot, long fingerprint) {
        NodeObservation observation = of(node);
        if (slot < observation.applied) {
            throw PropertyViolation.safety(
                    ORDER, "%s goes back from %d to %d".formatted(node, observation.applied, slot));
        }
        observation.applied = slot;
        Long expected = fingerprints.get(slot);
        if (expected == null || expected != fingerprint) {
            throw PropertyViolation.safety(EQUAL_STATE, "%s restores another state at slot %d".formatted(node, slot));
        }
    }

    // restarts

    /** The process has ended; records that were not durable may be lost. */
    void stops(NodeId node) {
        NodeObservation observation = of(node);
        for (Written written : observation.written) {
            for (DurableRecord record : written.records) {
                if (record instanceof DurableRecord.TailCut cut) {
                    observation.maybeCutAfter = Math.min(observation.maybeCutAfter, cut.lastKept());
                }
            }
        }
        observation.written.clear();
        observation.applied = 0;
    }

    /**
     * A process starts. Everything that it ever reported must be on its disk, or known to be corrupt.
     *
     * @param damaged whether bits of its files were flipped
     */
    void starts(NodeId node, DurableState state, boolean damaged) {
        NodeObservation observation = of(node);
        if (state.promised().compareTo(observation.respondedUnder) < 0) {
            throw PropertyViolation.safety(
                    MEMORY,
                    "%s responded under %s, but its promise after the restart is %s"
                            .formatted(node, observation.respondedUnder, state.promised()));
        }
        Map<Long, Entry> entries = new HashMap<>();
        for (Entry entry : state.entries()) {
            chosenValues.proposed(node, entry);
            entries.put(entry.slot(), entry);
        }
        long covered = Math.max(
                state.lowWaterMark(),
                state.snapshot() == null ? 0 : state.snapshot().slot());
        long last = state.lowWaterMark()
                + state.entries().size()
                + state.corruptSlots().size();
        if (last >= observation.maybeCutAfter) {
            // the cut is on disk, and perhaps some records after it
            observation.reportedAccepted.tailMap(last, false).clear();
        }
        observation.maybeCutAfter = Long.MAX_VALUE;
        observation.reportedAccepted.tailMap(covered, false).forEach((slot, ballot) -> {
            Entry entry = entries.get(slot);
            boolean knows = entry != null && entry.ballot().compareTo(ballot) >= 0;
            if (!knows && !state.corruptSlots().contains(slot)) {
                throw PropertyViolation.safety(
                        MEMORY,
                        "%s accepted slot %d under %s, but has %s after the restart"
                                .formatted(node, slot, ballot, entry));
            }
        });
        if (!damaged && !state.corruptSlots().isEmpty()) {
            Long corruptSlot = state.corruptSlots().stream()
                    .filter(slot -> observation.reportedAccepted.containsKey(slot))
                    .findFirst()
                    .orElse(null);
            if (corruptSlot != null) {
                throw PropertyViolation.safety(
                        MEMORY, "%s treats slot %d as corrupt, but it is intact".formatted(node, corruptSlot));
            }
        }
        observation.durablePromise = state.promised();
        observation.durable.clear();
        observation.durable.putAll(entries);
        state.entries().forEach(entry -> chosenValues.accepted(node, entry));
    }

    private static Ballot max(Ballot a, Ballot b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
