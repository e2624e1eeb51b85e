package io.orderly.coordinator.lock;

import java.util.function.Supplier;

/**
 * A resource that is guarded by a lock: it stores the highest fencing token it was used with, and refuses lower ones. This
 * is the only check that stops a holder that was suspended until after its lease had ended.
 *
 * <p>It is meant to be copied to the resource, since the token must be as durable as the resource and be compared in the same
 * atomic step. In a database, it is one condition:
 *
 * <pre>{@code
 * UPDATE accounts SET balance = ?, fencing_token = ? WHERE id = ? AND fencing_token <= ?
 * }</pre>
 *
 * <p>This one guards a resource in memory. Thread-safe; one action runs at a time.
 */
public final class GuardedResource {

    private long highestToken;
    private long refusals;

    /** @param highestToken the highest it was used with before; 0 for none */
    public GuardedResource(long highestToken) {
        this.highestToken = highestToken;
    }

    /**
     * Uses the resource, unless a later holder has used it.
     *
     * @param token of the holder, above zero; it may be used any number of times
     * @throws StaleTokenException if a higher token was used before; the action was not carried out
     * @throws IllegalArgumentException if it is no token
     */
    public synchronized <T> T use(long token, Supplier<T> action) throws StaleTokenException {
        if (token <= 0) {
            throw new IllegalArgumentException("no fencing token: " + token);
        }
        if (token < highestToken) {
            refusals++;
            throw new StaleTokenException(token, highestToken);
        }
        highestToken = token;
        return action.get();
    }

    /** The number of refused uses. */
    public synchronized long refusals() {
        return refusals;
    }
}
