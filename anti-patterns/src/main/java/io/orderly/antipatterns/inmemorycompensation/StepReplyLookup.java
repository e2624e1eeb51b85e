package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.StepReply;
import java.util.Optional;

/**
 * Looks up the deferred replies of a {@link io.orderly.kit.participant.CommandHandler}. Only needed for handlers that
 * do not always reply immediately.
 */
@FunctionalInterface
interface StepReplyLookup {

    /** @return the reply to the step; empty while there is none */
    Optional<StepReply> find(OrderId order, SagaStep step);
}
