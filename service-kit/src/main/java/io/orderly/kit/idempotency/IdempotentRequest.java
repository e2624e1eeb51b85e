package io.orderly.kit.idempotency;

/**
 * A request that its client has named, so that it can be repeated. Controllers take it as a parameter; without a proper
 * {@code Idempotency-Key} the request is then refused with 400.
 *
 * @param key the header's value as sent, 1 to 255 printable ASCII characters; one name space for the whole service
 */
public record IdempotentRequest(String key, Fingerprint fingerprint) {

    public static final String HEADER = "Idempotency-Key";

    /** Longest accepted key, in characters. */
    public static final int MAX_KEY_LENGTH = 255;

    /** @throws IllegalArgumentException if the key is empty, too long, or has other than printable ASCII characters */
    public IdempotentRequest {
        if (key.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        if (key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("must have at most " + MAX_KEY_LENGTH + " characters");
        }
        if (key.chars().anyMatch(character -> character < ' ' || character > '~')) {
            throw new IllegalArgumentException("must consist of printable ASCII characters");
        }
    }
}
