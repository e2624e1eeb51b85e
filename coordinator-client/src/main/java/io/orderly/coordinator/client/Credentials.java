package io.orderly.coordinator.client;

/**
 * The user of a client, where authentication is enabled. While it is not, they are not used.
 *
 * @param password in plain text, as the members need it
 */
public record Credentials(String user, String password) {

    /** @throws IllegalArgumentException if the user has no name */
    public Credentials {
        if (user.isEmpty()) {
            throw new IllegalArgumentException("the user has no name");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
