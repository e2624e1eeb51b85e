package io.orderly.contracts.reply;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/**
 * The step was declined for a business reason; it changed nothing, and a repeated command gets the same reply.
 *
 * @param reason a stable code such as {@code OUT_OF_STOCK}
 * @param detail a sentence for human readers
 */
public record StepDeclined(OrderId orderId, SagaStep step, String reason, String detail) implements StepReply {

    public StepDeclined {
        Require.present(orderId, "orderId");
        Require.present(step, "step");
        Require.code(reason, "reason");
        detail = Require.prose(detail, "detail");
    }
}
