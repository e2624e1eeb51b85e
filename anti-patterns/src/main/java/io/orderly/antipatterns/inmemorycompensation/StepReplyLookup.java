package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.StepReply;
import java.util.Optional;

/**
 * The replies to steps that a {@link io.orderly.kit.participant.CommandHandler} leaves open, for those that wait for them. A participant whose handler always
 * replies at once needs none.
 */
@FunctionalInterface
interface StepReplyLookup {

    /** @return what is known of the step by now; empty while it is under way */
    Optional<StepReply> find(OrderId order, SagaStep step);
}
