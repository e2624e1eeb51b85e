package io.orderly.provider.book;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the book: all that is known under one key, after its latest change.
 *
 * @param sequence the number of the change that led here; changes are counted from 1 through the whole book
 * @param key the idempotency key, chosen by the client
 * @param id the provider's own name for the payment
 * @param status where it stands
 * @param reason why the issuer declined; null unless {@link Status#DECLINED}
 * @param request what was asked for; null for a tombstone, which was voided before anything was
 * @param createdAt when the key was first seen
 * @param changedAt when it last changed
 */
public record Payment(
        long sequence,
        String key,
        String id,
        Status status,
        @Nullable String reason,
        @Nullable Request request,
        Instant createdAt,
        Instant changedAt) {

    Payment become(Status next, long nextSequence, Instant now) {
        return new Payment(nextSequence, key, id, next, reason, request, createdAt, now);
    }
}
