package io.orderly.coordinator.consensus;

import java.util.Comparator;

/**
 * The number under which a node proposes; also called a proposal number or, in Raft, a term. It contains the node, so two nodes
 * never own the same ballot.
 *
 * @param round counts up; 0 only in {@link #ZERO}
 * @param node its owner; 0 only in {@link #ZERO}
 */
public record Ballot(long round, int node) implements Comparable<Ballot> {

    /** Lower than any ballot that a node can own. */
    public static final Ballot ZERO = new Ballot(0, 0);

    private static final Comparator<Ballot> ORDER =
            Comparator.comparingLong(Ballot::round).thenComparingInt(Ballot::node);

    /** @throws IllegalArgumentException if a component is negative, or just one of them is zero */
    public Ballot {
        if (round < 0 || node < 0 || (round == 0) != (node == 0)) {
            throw new IllegalArgumentException("no ballot: round %d of node %d".formatted(round, node));
        }
    }

    @Override
    public int compareTo(Ballot other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return round + "." + node;
    }
}
