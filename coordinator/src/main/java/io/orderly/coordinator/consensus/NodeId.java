package io.orderly.coordinator.consensus;

/**
 * A member of the cluster. A node that lost its disk comes back under a new id, because it has forgotten its promises.
 *
 * @param value above zero
 */
public record NodeId(int value) implements Comparable<NodeId> {

    /** @throws IllegalArgumentException if it is not above zero */
    public NodeId {
        if (value <= 0) {
            throw new IllegalArgumentException("a node id is %d, not above 0".formatted(value));
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "n" + value;
    }
}
