package io.orderly.antipatterns.ordering;

import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentRequest;
import io.orderly.kit.idempotency.IdempotentResponse;
import java.util.Optional;

/** What requests were answered before, for a caller that wants to know before it sets out on a costly effect. */
public final class PreviousAnswers {

    private final IdempotencyKeys keys;

    PreviousAnswers(IdempotencyKeys keys) {
        this.keys = keys;
    }

    /**
     * Only {@link IdempotencyKeys#once} keeps two requests with one key apart.
     *
     * @return empty if the request has no answer yet
     * @throws io.orderly.kit.web.ProblemException as {@link IdempotencyKeys#once}
     */
    public Optional<IdempotentResponse> find(IdempotentRequest request) {
        try {
            return Optional.of(keys.once(request, () -> {
                throw new NotAnsweredYet();
            }));
        } catch (NotAnsweredYet _) {
            return Optional.empty();
        }
    }

    /** An effect that throws leaves nothing behind, of the key neither. */
    private static final class NotAnsweredYet extends RuntimeException {

        NotAnsweredYet() {
            super(null, null, false, false);
        }
    }
}
