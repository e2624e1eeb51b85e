package io.orderly.kit.idempotency;

import io.orderly.contracts.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency key of a request. Controllers take it as a parameter; a request without a valid {@code Idempotency-Key} is
 * then refused with 400. With the caller and the body it is converted to an {@link IdempotentRequest}.
 *
 * @param value the value of the header, 1 to 255 printable ASCII characters
 * @param endpoint method and path pattern, such as {@code POST /orders}
 * @param target path and query as received
 * @param rawFingerprint the fingerprint of the request as received, which was stored before keys had a scope
 * @param subject who has signed in to send the request; null if callers do not sign in
 */
public record IdempotencyKey(
        String value,
        String endpoint,
        String target,
        Fingerprint rawFingerprint,
        @Nullable String subject) {

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
     * @param caller the customer whom the request is about. The same key for another customer, or of another subject, identifies
     *     another request. Null if the request is about no customer
     * @param body the parsed body, so that the formatting of the JSON does not matter
     */
    public IdempotentRequest toRequest(@Nullable CustomerId caller, Object body) {
        String ofCustomer = caller == null ? endpoint : endpoint + " " + caller;
        // no id of a customer contains the bar, so different customers and subjects have different scopes
        String scope = subject == null ? ofCustomer : ofCustomer + " | " + subject;
        return new IdempotentRequest(scope, value, Fingerprint.of(target, body), rawFingerprint);
    }
}
