package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.Message;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the cluster promises, checked from outside at every step by someone who sees all nodes and all disks at once.
 *
 * <p>The heart of it is Paxos's own definition: a value is chosen for a slot once a quorum of the slot's voters has durably
 * accepted it under one ballot. Nothing may be applied that is not chosen, and no slot may have two chosen values.
 */
final class Promises {

    static final String AGREEMENT = "agreement";
    static final String CHOSEN = "only what is chosen is applied";
    static final String ONE_LEADER = "one leader per ballot";
    static final String PROMISE_IS_DURABLE = "promises are durable before they are given";
    static final String ACCEPTANCE_IS_DURABLE = "acceptances are durable before they are told";
    static final String NO_CUT = "what is chosen is not cut off";
    static final String ONE_VALUE = "one value per slot and ballot";
    static final String FRESH = "a read sees what was acknowledged before it";
    static final String MEMORY = "a node remembers what it told";
    static final String ORDER = "slots are applied in order";
    static final String EQUAL_STATE = "equal logs make equal states";

    /** Of one node, from its first start to the loss of its disk. */
    private static final class Witness {

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

    private final Map<NodeId, Witness> witnesses = new HashMap<>();

    /** For each slot that nobody has applied yet, who has durably accepted it under which ballot. */
    private final TreeMap<Long, Map<Ballot, Set<NodeId>>> accepted = new TreeMap<>();

    /** What was ever proposed for a slot under a ballot. */
    private final Map<Long, Map<Ballot, Payload>> proposed = new HashMap<>();

    /** For each slot that somebody has applied, the ballots under which a quorum had accepted it by then. */
    private final Map<Long, Set<Ballot>> chosen = new HashMap<>();

    private final Map<Long, Payload> decided = new HashMap<>();
    private final Map<Long, Long> fingerprints = new HashMap<>();
    private final Map<Ballot, String> leaders = new HashMap<>();

    /** Which membership decides on the slots from this one on. */
    private final TreeMap<Long, Membership> memberships = new TreeMap<>();

    private long highestDecided;
    private long acknowledged;

    Promises(Membership initial) {
        memberships.put(1L, initial);
    }

    long highestDecided() {
        return highestDecided;
    }

    Membership membership() {
        return memberships.lastEntry().getValue();
    }

    private Witness of(NodeId node) {
        return witnesses.computeIfAbsent(node, _ -> new Witness());
    }

    // what nodes do

    /** @param point of all records so far */
    void wrote(NodeId node, List<DurableRecord> records, long point) {
        of(node).written.add(new Written(point, records));
        for (DurableRecord record : records) {
            if (record instanceof DurableRecord.Accepted one) {
                checkValue(node, one.entry());
            }
        }
    }

    private void checkValue(NodeId node, Entry entry) {
        Payload known = proposed.computeIfAbsent(entry.slot(), _ -> new HashMap<>())
                .putIfAbsent(entry.ballot(), entry.payload());
        if (known != null && !known.equals(entry.payload())) {
            throw BrokenPromise.safety(ONE_VALUE, "%s has %s, proposed was %s".formatted(node, entry, known));
        }
    }

    void becameDurable(NodeId node, long point) {
        Witness witness = of(node);
        while (!witness.written.isEmpty() && witness.written.peek().point <= point) {
            for (DurableRecord record : witness.written.remove().records) {
                becameDurable(node, witness, record);
            }
        }
    }

    private void becameDurable(NodeId node, Witness witness, DurableRecord record) {
        switch (record) {
            case DurableRecord.Promised promised ->
                witness.durablePromise = max(witness.durablePromise, promised.ballot());
            case DurableRecord.Accepted one -> {
                Entry entry = one.entry();
                witness.durable.put(entry.slot(), entry);
                hasAccepted(node, entry);
                if (entry.ballot().node() == node.value()) {
                    // a leader tells nobody of its own acceptances, and counts them
                    witness.toldAccepted.put(entry.slot(), entry.ballot());
                }
            }
            case DurableRecord.TailCut cut -> {
                checkCut(node, witness.durable.tailMap(cut.lastKept(), false));
                witness.durable.tailMap(cut.lastKept(), false).clear();
                witness.toldAccepted.tailMap(cut.lastKept(), false).clear();
            }
            case DurableRecord.CommitMark _ -> {}
            case DurableRecord.LowWaterMark mark -> forgetUpTo(witness, mark.slot());
        }
    }

    private void checkCut(NodeId node, Map<Long, Entry> gone) {
        gone.forEach((slot, entry) -> {
            List<NodeId> voters = memberships.floorEntry(slot).getValue().voters();
            Set<NodeId> same = accepted.getOrDefault(slot, Map.of()).getOrDefault(entry.ballot(), Set.of());
            boolean isChosen = chosen.getOrDefault(slot, Set.of()).contains(entry.ballot()) || isQuorum(same, voters);
            if (isChosen) {
                throw BrokenPromise.safety(NO_CUT, "%s cuts off %s".formatted(node, entry));
            }
        });
    }

    private static boolean isQuorum(Set<NodeId> nodes, List<NodeId> voters) {
        return 2 * voters.stream().filter(nodes::contains).count() > voters.size();
    }

    private void hasAccepted(NodeId node, Entry entry) {
        if (!decided.containsKey(entry.slot())) {
            accepted.computeIfAbsent(entry.slot(), _ -> new HashMap<>())
                    .computeIfAbsent(entry.ballot(), _ -> new HashSet<>())
                    .add(node);
        }
    }

    private boolean everAccepted(NodeId node, long slot, Ballot ballot) {
        return accepted.getOrDefault(slot, Map.of())
                .getOrDefault(ballot, Set.of())
                .contains(node);
    }

    private static void forgetUpTo(Witness witness, long slot) {
        witness.durable.headMap(slot, true).clear();
        witness.toldAccepted.headMap(slot, true).clear();
    }

    /** An answer leaves the node. */
    void sends(NodeId node, Message message) {
        Witness witness = of(node);
        switch (message) {
            case Message.Promise promise -> {
                if (witness.durablePromise.compareTo(promise.ballot()) < 0) {
                    throw BrokenPromise.safety(
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
                for (long slot = told.match(); slot > 0 && !decided.containsKey(slot); slot--) {
                    if (!everAccepted(node, slot, told.ballot())) {
                        throw BrokenPromise.safety(
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
            throw BrokenPromise.safety(ONE_LEADER, "%s leads under %s, as %s did".formatted(where, ballot, other));
        }
    }

    /** @return whether this is the first node to apply the slot */
    boolean applies(NodeId node, Entry entry, long fingerprint) {
        Witness witness = of(node);
        if (entry.slot() != witness.applied + 1) {
            throw BrokenPromise.safety(ORDER, "%s applies %s after %d".formatted(node, entry, witness.applied));
        }
        witness.applied = entry.slot();
        Payload known = decided.putIfAbsent(entry.slot(), entry.payload());
        if (known == null) {
            highestDecided = Math.max(highestDecided, entry.slot());
            checkChosen(node, entry);
            if (entry.payload() instanceof Payload.MembershipChange change) {
                memberships.put(entry.slot() + 1, change.membership());
            }
        } else if (!known.equals(entry.payload())) {
            throw BrokenPromise.safety(AGREEMENT, "%s applies %s, another %s".formatted(node, entry, known));
        }
        Long expected = fingerprints.putIfAbsent(entry.slot(), fingerprint);
        if (expected != null && expected != fingerprint) {
            throw BrokenPromise.safety(
                    EQUAL_STATE, "%s differs from others after slot %d".formatted(node, entry.slot()));
        }
        return known == null;
    }

    private void checkChosen(NodeId node, Entry entry) {
        Map<Ballot, Set<NodeId>> ballots = accepted.remove(entry.slot());
        List<NodeId> voters = memberships.floorEntry(entry.slot()).getValue().voters();
        Set<Ballot> chosenUnder = new HashSet<>();
        if (ballots != null) {
            ballots.forEach((ballot, nodes) -> {
                if (isQuorum(nodes, voters)) {
                    chosenUnder.add(ballot);
                }
            });
        }
        chosen.put(entry.slot(), chosenUnder);
        if (chosenUnder.isEmpty()) {
            throw BrokenPromise.safety(
                    CHOSEN, "%s applies %s, but %s of %s has it on disk".formatted(node, entry, ballots, voters));
        }
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
            throw BrokenPromise.safety(
                    FRESH, "%s reads at slot %d, %d was acknowledged".formatted(node, slot, mustSee));
        }
    }

    /** The state of a node is now that of a snapshot. */
    void restores(NodeId node, long slot, long fingerprint) {
        Witness witness = of(node);
        if (slot < witness.applied) {
            throw BrokenPromise.safety(ORDER, "%s goes back from %d to %d".formatted(node, witness.applied, slot));
        }
        witness.applied = slot;
        Long expected = fingerprints.get(slot);
        if (expected == null || expected != fingerprint) {
            throw BrokenPromise.safety(EQUAL_STATE, "%s restores another state at slot %d".formatted(node, slot));
        }
    }

    // what befalls nodes

    /** The process is gone, and with it what was not durable. */
    void stops(NodeId node) {
        Witness witness = of(node);
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
        Witness witness = of(node);
        if (state.promised().compareTo(witness.told) < 0) {
            throw BrokenPromise.safety(
                    MEMORY, "%s answered under %s and now knows of %s".formatted(node, witness.told, state.promised()));
        }
        Map<Long, Entry> entries = new HashMap<>();
        for (Entry entry : state.entries()) {
            checkValue(node, entry);
            entries.put(entry.slot(), entry);
        }
        long covered = Math.max(
                state.lowWaterMark(),
                state.snapshot() == null ? 0 : state.snapshot().slot());
        long last =
                state.lowWaterMark() + state.entries().size() + state.faulty().size();
        if (last >= witness.maybeCutAfter) {
            // the cut has landed, and perhaps some of what came after it
            witness.toldAccepted.tailMap(last, false).clear();
        }
        witness.maybeCutAfter = Long.MAX_VALUE;
        witness.toldAccepted.tailMap(covered, false).forEach((slot, ballot) -> {
            Entry entry = entries.get(slot);
            boolean knows = entry != null && entry.ballot().compareTo(ballot) >= 0;
            if (!knows && !state.faulty().contains(slot)) {
                throw BrokenPromise.safety(
                        MEMORY, "%s accepted slot %d under %s and now has %s".formatted(node, slot, ballot, entry));
            }
        });
        if (!damaged && !state.faulty().isEmpty()) {
            Long faulty = state.faulty().stream()
                    .filter(slot -> witness.toldAccepted.containsKey(slot))
                    .findFirst()
                    .orElse(null);
            if (faulty != null) {
                throw BrokenPromise.safety(
                        MEMORY, "%s takes slot %d for corrupt, which it is not".formatted(node, faulty));
            }
        }
        witness.durablePromise = state.promised();
        witness.durable.clear();
        witness.durable.putAll(entries);
        state.entries().forEach(entry -> hasAccepted(node, entry));
    }

    private static Ballot max(Ballot a, Ballot b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
