package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.order.placement.Violation;
import java.util.List;

/** What became of the attempt to place an order by a distributed transaction. */
public sealed interface DistributedPlacementResult {

    /** The order is placed, now or by an earlier request with the same key. */
    record Placed(IdempotentResponse answer) implements DistributedPlacementResult {}

    /** Nobody was asked, since the draft cannot become an order. */
    record Invalid(List<Violation> flaws) implements DistributedPlacementResult {}

    /** All was rolled back. */
    record Refused(String participant, Vote vote) implements DistributedPlacementResult {}

    /** Nobody was asked, since too many others are under way. */
    record Overloaded() implements DistributedPlacementResult {}

    /** Whether it will be placed is not known here; asking again under the same key tells. */
    record Unknown() implements DistributedPlacementResult {}
}
