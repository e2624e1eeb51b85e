package io.orderly.coordinator.store;

/**
 * Bytes that are not to be shown: the hash of a password, or a key that signs tokens.
 *
 * @param content empty if there is none
 */
public record Secret(Bytes content) {

    /** A user with it cannot authenticate, and no token is valid. */
    public static final Secret NONE = new Secret(Bytes.EMPTY);

    public boolean isNone() {
        return content.isEmpty();
    }

    /** Without the content. */
    @Override
    public String toString() {
        return isNone() ? "no secret" : "a secret";
    }
}
