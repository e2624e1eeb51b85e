package io.orderly.kit.idempotency;

import io.orderly.contracts.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * The name that a client gave to its request. Controllers take it as a parameter, without a proper {@code Idempotency-Key} the
 * request is then refused with 400, and make an {@link IdempotentRequest} of it once they know who is calling.
 *
 * @param value the header's value as sent, 1 to 255 printable ASCII characters
 * @param endpoint method and path pattern, such as {@code POST /orders}
 * @param target path and query as sent
 * @param asSent tells the request by its bytes, as requests were told before keys had a scope
 */
public record IdempotencyKey(String value, String endpoint, String target, Fingerprint asSent) {

    public static final String HEADER = "Idempotency-Key";

    /** Longest accepted key, in characters. */
    public static final int MAX_LENGTH = 255;

    /** @throws IllegalArgumentException if the key is empty, too long, or has other than printable ASCII characters */
    public IdempotencyKey {
        if (value.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("must have at most " + MAX_LENGTH + " characters");
        }
        if (value.chars().anyMatch(character -> character < ' ' || character > '~')) {
            throw new IllegalArgumentException("must consist of printable ASCII characters");
        }
    }

    /**
     * @param caller whose key it is, the customer as long as there is no authentication; the same key of another caller names
     *     another request. Null where an endpoint does not know its callers: they share their keys
     * @param body as it was parsed, so that two spellings of one request are the same request
     */
    public IdempotentRequest toRequest(@Nullable CustomerId caller, Object body) {
        String scope = caller == null ? endpoint : endpoint + " " + caller;
        return new IdempotentRequest(scope, value, Fingerprint.of(target, body), asSent);
    }
}
