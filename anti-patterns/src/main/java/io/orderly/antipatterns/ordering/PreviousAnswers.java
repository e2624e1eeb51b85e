package io.orderly.antipatterns.ordering;

import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentRequest;
import io.orderly.kit.idempotency.IdempotentResponse;
import java.util.Optional;

/** Finds the response to an earlier request with the same key, before expensive calls are made. */
public final class PreviousAnswers {

    private final IdempotencyKeys keys;

    PreviousAnswers(IdempotencyKeys keys) {
        this.keys = keys;
    }

    /**
     * Does not exclude concurrent requests with the same key; only {@link IdempotencyKeys#once} does.
     *
     * @return empty if the request was not answered before
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

    /** Thrown to roll back, so that neither an effect nor the key is stored. */
    private static final class NotAnsweredYet extends RuntimeException {

        NotAnsweredYet() {
            super(null, null, false, false);
        }
    }
}
