/**
 * Idempotent requests: a client that sends a request with the header {@code Idempotency-Key} can repeat it and gets the same
 * response, while the effect happens once (draft-ietf-httpapi-idempotency-key-header).
 *
 * <p>A controller method has an {@link io.orderly.kit.idempotency.IdempotencyKey} parameter, converts it to an
 * {@link io.orderly.kit.idempotency.IdempotentRequest} with the caller and the parsed body, and runs the effect through
 * {@link io.orderly.kit.idempotency.IdempotencyKeys}.
 */
@NullMarked
package io.orderly.kit.idempotency;

import org.jspecify.annotations.NullMarked;
