package io.orderly.coordinator.lock;

import java.util.function.Supplier;

/**
 * What a resource must do so that a lock guards it: remember the highest fencing token it was used with, and refuse lower ones. A
 * holder that was suspended until after its lease had ended is stopped here and nowhere else.
 *
 * <p>To be copied to where the resource lives, for the token must be remembered as durably as what it guards and be compared in the
 * same atomic step. In a database, the whole of it is one condition:
 *
 * <pre>{@code
 * UPDATE accounts SET balance = ?, fencing_token = ? WHERE id = ? AND fencing_token <= ?
 * }</pre>
 *
 * <p>This one guards something in memory. Safe for any number of threads; one action runs at a time.
 */
public final class GuardedResource {

    private long highestToken;
    private long refusals;

    /** @param highestToken the highest it was used with before; 0 for none */
    public GuardedResource(long highestToken) {
        this.highestToken = highestToken;
    }

    /**
     * Uses the resource, if no later holder has.
     *
     * @param token of the holder, above zero; the same one may come any number of times
     * @throws StaleTokenException if a higher one was seen; the action was not carried out
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

    /** How many uses were refused. */
    public synchronized long refusals() {
        return refusals;
    }
}
