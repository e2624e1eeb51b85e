package io.orderly.partitions.range;

/**
 * The number of a shard: a place for the rows of one range.
 *
 * @param value 1 to {@value #MAX}
 */
public record ShardId(int value) implements Comparable<ShardId> {

    /** The highest number. */
    public static final int MAX = 999;

    /** @throws IllegalArgumentException if the number is out of bounds */
    public ShardId {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("the number of a shard is 1 to %d, not %d".formatted(MAX, value));
        }
    }

    @Override
    public int compareTo(ShardId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
