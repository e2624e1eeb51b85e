package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.order.placement.Violation;
import java.util.List;

/** The result of placing an order by a distributed transaction. */
public sealed interface DistributedPlacementResult {

    /** The order is placed, by this request or by an earlier request with the same key. */
    record Placed(IdempotentResponse answer) implements DistributedPlacementResult {}

    /** The order draft is invalid; no participant was called. */
    record Invalid(List<Violation> flaws) implements DistributedPlacementResult {}

    /** A participant did not vote yes, and the transaction was rolled back. */
    record Refused(String participant, Vote vote) implements DistributedPlacementResult {}

    /** The limit of concurrent transactions is reached; no participant was called. */
    record Overloaded() implements DistributedPlacementResult {}

    /** The outcome is unknown; a repeated request with the same key returns it later. */
    record Unknown() implements DistributedPlacementResult {}
}
