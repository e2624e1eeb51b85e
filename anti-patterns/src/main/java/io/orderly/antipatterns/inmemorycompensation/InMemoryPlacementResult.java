package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.order.placement.Violation;
import java.util.List;

/** What became of the attempt to place an order by calls. */
public sealed interface InMemoryPlacementResult {

    /** The order is placed, now or by an earlier request with the same key. */
    record Placed(IdempotentResponse answer) implements InMemoryPlacementResult {}

    /** Nobody was called, since the draft cannot become an order. */
    record Invalid(List<Violation> flaws) implements InMemoryPlacementResult {}

    /**
     * A participant said no, and what was done before was undone.
     *
     * @param reason the code that a saga would see
     * @param detail a sentence for people
     */
    record Declined(String reason, String detail) implements InMemoryPlacementResult {}

    /**
     * A participant gave no answer.
     *
     * @param undone whether all that may have been done was undone; if not, nobody will ever do it
     */
    record Failed(String detail, boolean undone) implements InMemoryPlacementResult {}
}
