package io.orderly.provider.book;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the book: a payment after its latest change.
 *
 * @param sequence the number of the latest change; changes are counted from 1 over the whole book
 * @param key the idempotency key, chosen by the client
 * @param id the provider's id of the payment
 * @param status the current status
 * @param reason the issuer's reason for a decline; null unless {@link Status#DECLINED}
 * @param request the client's request; null for a tombstone, which was voided before its request arrived
 * @param createdAt when the key was first used
 * @param changedAt the time of the latest change
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

    Payment withStatus(Status next, long nextSequence, Instant now) {
        return new Payment(nextSequence, key, id, next, reason, request, createdAt, now);
    }
}
