/**
 * Requests that may be repeated: a client that names a request with the header {@code Idempotency-Key} can send it again
 * and gets the same answer again, while the effect happens once (draft-ietf-httpapi-idempotency-key-header).
 *
 * <p>A controller asks for an {@link io.orderly.kit.idempotency.IdempotencyKey} as a parameter, says who is calling and what
 * was parsed, which makes an {@link io.orderly.kit.idempotency.IdempotentRequest}, and lets
 * {@link io.orderly.kit.idempotency.IdempotencyKeys} run the effect.
 */
@NullMarked
package io.orderly.kit.idempotency;

import org.jspecify.annotations.NullMarked;
