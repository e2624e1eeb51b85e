package io.orderly.coordinator.client;

/**
 * The number of a holder of a lock or of a leader: greater than those of all holders before. Each use of the guarded resource passes the
 * token, and the resource refuses a token lower than the highest that it has seen. This is the only check that stops a holder that was
 * paused until after its lease had ended.
 *
 * @param value the revision that created the holder's key; above 0
 */
public record FencingToken(long value) implements Comparable<FencingToken> {

    /** @throws IllegalArgumentException if the value is not above 0 */
    public FencingToken {
        if (value <= 0) {
            throw new IllegalArgumentException("a fencing token is above 0, not " + value);
        }
    }

    @Override
    public int compareTo(FencingToken other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
