package io.orderly.coordinator.simulation;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Payload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The chosen values, by the definition of Paxos: a value is chosen for a slot once a quorum of the slot's voters has durably
 * accepted it under one ballot. Only chosen values may be applied, and no slot may have two.
 */
final class ChosenValues {

    private static final String AGREEMENT = "agreement";
    private static final String CHOSEN = "only chosen values are applied";
    private static final String NO_CUT = "chosen values are not cut off";
    private static final String MEMBERS = "all nodes have the same members, and a stale change has no effect";
    private static final String ONE_VALUE = "one value per slot and ballot";

    /** For each slot that no node has applied yet, the nodes that have durably accepted it, by ballot. */
    private final TreeMap<Long, Map<Ballot, Set<NodeId>>> accepted = new TreeMap<>();

    /** The values proposed for a slot, by ballot. */
    private final Map<Long, Map<Ballot, Payload>> proposed = new HashMap<>();

    /** For each applied slot, the ballots under which a quorum had accepted it by then. */
    private final Map<Long, Set<Ballot>> chosen = new HashMap<>();

    private final Map<Long, Payload> decided = new HashMap<>();

    /** The membership that decides the slots from this one on. */
    private final TreeMap<Long, Membership> memberships = new TreeMap<>();

    private long highestDecided;

    ChosenValues(Membership initial) {
        memberships.put(1L, initial);
    }

    long highestDecided() {
        return highestDecided;
    }

    boolean isDecided(long slot) {
        return decided.containsKey(slot);
    }

    Membership membership() {
        return memberships.lastEntry().getValue();
    }

    /** The slot of the last membership change; 0 for the initial members. */
    private long lastChange() {
        return memberships.lastKey() - 1;
    }

    /** A node reports the members that decide the slots after one. */
    void members(NodeId node, long slot, Membership reported) {
        Membership expected = memberships.floorEntry(slot + 1).getValue();
        if (isDecided(slot) && !reported.equals(expected)) {
            throw PropertyViolation.safety(
                    MEMBERS, "%s has %s after slot %d, but %s was decided".formatted(node, reported, slot, expected));
        }
    }

    /** @throws PropertyViolation if another value was proposed under the same ballot */
    void proposed(NodeId node, Entry entry) {
        Payload known = proposed.computeIfAbsent(entry.slot(), _ -> new HashMap<>())
                .putIfAbsent(entry.ballot(), entry.payload());
        if (known != null && !known.equals(entry.payload())) {
            throw PropertyViolation.safety(ONE_VALUE, "%s has %s, but %s was proposed".formatted(node, entry, known));
        }
    }

    /** A node cuts off accepted entries. */
    void cut(NodeId node, Map<Long, Entry> gone) {
        gone.forEach((slot, entry) -> {
            List<NodeId> voters = memberships.floorEntry(slot).getValue().voters();
            Set<NodeId> same = accepted.getOrDefault(slot, Map.of()).getOrDefault(entry.ballot(), Set.of());
            boolean isChosen = chosen.getOrDefault(slot, Set.of()).contains(entry.ballot()) || isQuorum(same, voters);
            if (isChosen) {
                throw PropertyViolation.safety(NO_CUT, "%s cuts off %s".formatted(node, entry));
            }
        });
    }

    private static boolean isQuorum(Set<NodeId> nodes, List<NodeId> voters) {
        return 2 * voters.stream().filter(nodes::contains).count() > voters.size();
    }

    /** A node has the entry on disk. */
    void accepted(NodeId node, Entry entry) {
        if (!decided.containsKey(entry.slot())) {
            accepted.computeIfAbsent(entry.slot(), _ -> new HashMap<>())
                    .computeIfAbsent(entry.ballot(), _ -> new HashSet<>())
                    .add(node);
        }
    }

    boolean wasAccepted(NodeId node, long slot, Ballot ballot) {
        return accepted.getOrDefault(slot, Map.of())
                .getOrDefault(ballot, Set.of())
                .contains(node);
    }

    /** @return whether this is the first node to apply the slot */
    boolean applied(NodeId node, Entry entry) {
        Payload known = decided.putIfAbsent(entry.slot(), entry.payload());
        if (known == null) {
            highestDecided = Math.max(highestDecided, entry.slot());
            checkChosen(node, entry);
            if (entry.payload() instanceof Payload.MembershipChange change && change.basis() == lastChange()) {
                memberships.put(entry.slot() + 1, change.membership());
            }
        } else if (!known.equals(entry.payload())) {
            throw PropertyViolation.safety(
                    AGREEMENT, "%s applies %s, but another node applied %s".formatted(node, entry, known));
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
            throw PropertyViolation.safety(
                    CHOSEN,
                    "%s applies %s, which no quorum of %s has on disk: %s".formatted(node, entry, voters, ballots));
        }
    }
}
