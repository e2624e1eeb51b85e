package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.order.placement.Violation;
import java.util.List;

/** The result of placing an order by synchronous calls. */
public sealed interface InMemoryPlacementResult {

    /** The order is placed, by this request or by an earlier request with the same key. */
    record Placed(IdempotentResponse answer) implements InMemoryPlacementResult {}

    /** The order draft is invalid; no participant was called. */
    record Invalid(List<Violation> flaws) implements InMemoryPlacementResult {}

    /**
     * A participant declined, and all earlier steps were compensated.
     *
     * @param reason the reason code of the participant's reply
     * @param detail a sentence for people
     */
    record Declined(String reason, String detail) implements InMemoryPlacementResult {}

    /**
     * A participant did not answer.
     *
     * @param compensated whether all steps that may have been executed were compensated; if not, they are never
     *     compensated
     */
    record Failed(String detail, boolean compensated) implements InMemoryPlacementResult {}
}
