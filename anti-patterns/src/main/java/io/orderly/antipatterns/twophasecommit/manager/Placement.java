package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.order.intake.Flaw;
import java.util.List;

/** What became of the attempt to place an order by a distributed transaction. */
public sealed interface Placement {

    /** The order is placed, now or by an earlier request with the same key. */
    record Placed(IdempotentResponse answer) implements Placement {}

    /** Nobody was asked, since the draft cannot become an order. */
    record Flawed(List<Flaw> flaws) implements Placement {}

    /** All was rolled back. */
    record Refused(String participant, Vote vote) implements Placement {}

    /** Nobody was asked, since too many others are under way. */
    record Crowded() implements Placement {}

    /** Whether it will be placed is not known here; asking again under the same key tells. */
    record Unknown() implements Placement {}
}
