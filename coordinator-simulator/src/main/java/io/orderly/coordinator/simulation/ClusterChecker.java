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
 * What the cluster promises, checked from outside at every step by someone who sees all nodes and all disks at once.
 *
 * <p>What is chosen is known to {@link ChosenValues}. Here it is watched what each node does and tells, and whether it remembers.
 */
final class ClusterChecker {

    static final String ONE_LEADER = "one leader per ballot";
    static final String PROMISE_IS_DURABLE = "promises are durable before they are given";
    static final String ACCEPTANCE_IS_DURABLE = "acceptances are durable before they are told";
    static final String FRESH = "a read sees what was acknowledged before it";
    static final String MEMORY = "a node remembers what it told";
    static final String ORDER = "slots are applied in order";
    static final String EQUAL_STATE = "equal logs make equal states";

    /** Of one node, from its first start to the loss of its disk. */
    private static final class NodeObservation {

        /** Not known to be durable yet: a persist point and the records up to it. */
        final Deque<Written> written = new ArrayDeque<>();

        final TreeMap<Long, Entry> durable = new TreeMap<>();
        Ballot durablePromise = Ballot.ZERO;
        /** The highest ballot of any answer that left this node. */
        Ballot told = Ballot.ZERO;

        /** For each slot the ballot under which this node told that it accepted it. */
        final TreeMap<Long, Ballot> toldAccepted = new TreeMap<>();

        /** A cut behind this slot was written before the last crash, and may be on disk or not. */
        long maybeCutAfter = Long.MAX_VALUE;

        long applied;
    }

    private record Written(long point, List<DurableRecord> records) {}

    private final Map<NodeId, NodeObservation> witnesses = new HashMap<>();

    private final ChosenValues choices;
    private final Map<Long, Long> fingerprints = new HashMap<>();
    private final Map<Ballot, String> leaders = new HashMap<>();

    private long acknowledged;

    ClusterChecker(Membership initial) {
        choices = new ChosenValues(initial);
    }

    long highestDecided() {
        return choices.highestDecided();
    }

    Membership membership() {
        return choices.membership();
    }

    private NodeObservation of(NodeId node) {
        return witnesses.computeIfAbsent(node, _ -> new NodeObservation());
    }

    // what nodes do

    /** @param point of all records so far */
    void wrote(NodeId node, List<DurableRecord> records, long point) {
        of(node).written.add(new Written(point, records));
        for (DurableRecord record : records) {
            if (record instanceof DurableRecord.Accepted one) {
                choices.proposed(node, one.entry());
            }
        }
    }

    void becameDurable(NodeId node, long point) {
        NodeObservation witness = of(node);
        while (!witness.written.isEmpty() && witness.written.peek().point <= point) {
            for (DurableRecord record : witness.written.remove().records) {
                becameDurable(node, witness, record);
            }
        }
    }

    private void becameDurable(NodeId node, NodeObservation witness, DurableRecord record) {
        switch (record) {
            case DurableRecord.Promised promised ->
                witness.durablePromise = max(witness.durablePromise, promised.ballot());
            case DurableRecord.Accepted one -> {
                Entry entry = one.entry();
                witness.durable.put(entry.slot(), entry);
                choices.accepted(node, entry);
                if (entry.ballot().node() == node.value()) {
                    // a leader tells nobody of its own acceptances, and counts them
                    witness.toldAccepted.put(entry.slot(), entry.ballot());
                }
            }
            case DurableRecord.TailCut cut -> {
                choices.cut(node, witness.durable.tailMap(cut.lastKept(), false));
                witness.durable.tailMap(cut.lastKept(), false).clear();
                witness.toldAccepted.tailMap(cut.lastKept(), false).clear();
            }
            case DurableRecord.CommitMark _ -> {}
            case DurableRecord.LowWaterMark mark -> forgetUpTo(witness, mark.slot());
        }
    }

    private static void forgetUpTo(NodeObservation witness, long slot) {
        witness.durable.headMap(slot, true).clear();
        witness.toldAccepted.headMap(slot, true).clear();
    }

    /** An answer leaves the node. */
    void sends(NodeId node, Message message) {
        NodeObservation witness = of(node);
        switch (message) {
            case Message.Promise promise -> {
                if (witness.durablePromise.compareTo(promise.ballot()) < 0) {
                    throw PropertyViolation.safety(
                            PROMISE_IS_DURABLE,
                            "%s sends %s, but its disk says %s".formatted(node, promise, witness.durablePromise));
                }
                witness.told = max(witness.told, promise.ballot());
            }
            case Message.Accepted told -> {
                witness.told = max(witness.told, told.ballot());
                for (Map.Entry<Long, Entry> slot :
                        witness.durable.headMap(told.match(), true).entrySet()) {
                    if (slot.getValue().ballot().equals(told.ballot())) {
                        witness.toldAccepted.put(slot.getKey(), told.ballot());
                    }
                }
                for (long slot = told.match(); slot > 0 && !choices.isDecided(slot); slot--) {
                    if (!choices.wasAccepted(node, slot, told.ballot())) {
                        throw PropertyViolation.safety(
                                ACCEPTANCE_IS_DURABLE,
                                "%s sends %s, but slot %d never was on its disk like that".formatted(node, told, slot));
                    }
                }
            }
            default -> {}
        }
    }

    /** @param where tells one life of a node from another */
    void leads(NodeId node, Ballot ballot, String where) {
        String other = leaders.putIfAbsent(ballot, where);
        if (ballot.node() != node.value() || (other != null && !other.equals(where))) {
            throw PropertyViolation.safety(ONE_LEADER, "%s leads under %s, as %s did".formatted(where, ballot, other));
        }
    }

    /** @return whether this is the first node to apply the slot */
    boolean applies(NodeId node, Entry entry, long fingerprint) {
        NodeObservation witness = of(node);
        if (entry.slot() != witness.applied + 1) {
            throw PropertyViolation.safety(ORDER, "%s applies %s after %d".formatted(node, entry, witness.applied));
        }
        witness.applied = entry.slot();
        boolean isFirst = choices.applied(node, entry);
        Long expected = fingerprints.putIfAbsent(entry.slot(), fingerprint);
        if (expected != null && expected != fingerprint) {
            throw PropertyViolation.safety(
                    EQUAL_STATE, "%s differs from others after slot %d".formatted(node, entry.slot()));
        }
        return isFirst;
    }

    /** A node learns who decides behind a slot. */
    void members(NodeId node, long slot, Membership membership) {
        choices.members(node, slot, membership);
    }

    /** A client is told that what is in this slot has been done. */
    void acknowledges(long slot) {
        acknowledged = Math.max(acknowledged, slot);
    }

    long acknowledged() {
        return acknowledged;
    }

    /** @param mustSee the highest slot that anybody had been told of when the read was asked for */
    void reads(NodeId node, long slot, long mustSee) {
        if (slot < mustSee) {
            throw PropertyViolation.safety(
                    FRESH, "%s reads at slot %d, %d was acknowledged".formatted(node, slot, mustSee));
        }
    }

    /** The state of a node is now that of a snapshot. */
    void restores(NodeId node, long slot, long fingerprint) {
        NodeObservation witness = of(node);
        if (slot < witness.applied) {
            throw PropertyViolation.safety(ORDER, "%s goes back from %d to %d".formatted(node, witness.applied, slot));
        }
        witness.applied = slot;
        Long expected = fingerprints.get(slot);
        if (expected == null || expected != fingerprint) {
            throw PropertyViolation.safety(EQUAL_STATE, "%s restores another state at slot %d".formatted(node, slot));
        }
    }

    // what befalls nodes

    /** The process is gone, and with it what was not durable. */
    void stops(NodeId node) {
        NodeObservation witness = of(node);
        for (Written written : witness.written) {
            for (DurableRecord record : written.records) {
                if (record instanceof DurableRecord.TailCut cut) {
                    witness.maybeCutAfter = Math.min(witness.maybeCutAfter, cut.lastKept());
                }
            }
        }
        witness.written.clear();
        witness.applied = 0;
    }

    /**
     * A process starts. What it ever told others it must still know, or know that it no longer does.
     *
     * @param damaged whether bits of its files were turned over
     */
    void starts(NodeId node, DurableState state, boolean damaged) {
        NodeObservation witness = of(node);
        if (state.promised().compareTo(witness.told) < 0) {
            throw PropertyViolation.safety(
                    MEMORY, "%s answered under %s and now knows of %s".formatted(node, witness.told, state.promised()));
        }
        Map<Long, Entry> entries = new HashMap<>();
        for (Entry entry : state.entries()) {
            choices.proposed(node, entry);
            entries.put(entry.slot(), entry);
        }
        long covered = Math.max(
                state.lowWaterMark(),
                state.snapshot() == null ? 0 : state.snapshot().slot());
        long last =
                state.lowWaterMark() + state.entries().size() + state.corruptSlots().size();
        if (last >= witness.maybeCutAfter) {
            // the cut has landed, and perhaps some of what came after it
            witness.toldAccepted.tailMap(last, false).clear();
        }
        witness.maybeCutAfter = Long.MAX_VALUE;
        witness.toldAccepted.tailMap(covered, false).forEach((slot, ballot) -> {
            Entry entry = entries.get(slot);
            boolean knows = entry != null && entry.ballot().compareTo(ballot) >= 0;
            if (!knows && !state.corruptSlots().contains(slot)) {
                throw PropertyViolation.safety(
                        MEMORY, "%s accepted slot %d under %s and now has %s".formatted(node, slot, ballot, entry));
            }
        });
        if (!damaged && !state.corruptSlots().isEmpty()) {
            Long corruptSlots = state.corruptSlots().stream()
                    .filter(slot -> witness.toldAccepted.containsKey(slot))
                    .findFirst()
                    .orElse(null);
            if (corruptSlots != null) {
                throw PropertyViolation.safety(
                        MEMORY, "%s takes slot %d for corrupt, which it is not".formatted(node, corruptSlots));
            }
        }
        witness.durablePromise = state.promised();
        witness.durable.clear();
        witness.durable.putAll(entries);
        state.entries().forEach(entry -> choices.accepted(node, entry));
    }

    private static Ballot max(Ballot a, Ballot b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
