package io.orderly.coordinator.store;

/**
 * The user on whose behalf a command or a read is made, as its token told. What it may do is decided by the state that carries it out.
 *
 * @param user the name
 * @param passwordRevision as {@link User#passwordRevision()} when the token was issued; the token of an earlier user of the same name, or
 *     from before a change of the password, has another one
 */
public record Caller(String user, long passwordRevision) {

    /** The caller of a token that is not valid: no user has an empty name. */
    public static final Caller UNKNOWN = new Caller("", 0);
}
