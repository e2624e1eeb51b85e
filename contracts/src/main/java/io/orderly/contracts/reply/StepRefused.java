package io.orderly.contracts.reply;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/**
 * The step was refused by the saga protocol: a forward step that arrived after its compensation, or a compensation that
 * cannot be executed.
 *
 * @param reason a stable code such as {@code ALREADY_COMPENSATED}
 * @param detail a sentence for human readers
 */
public record StepRefused(OrderId orderId, SagaStep step, String reason, String detail) implements StepReply {

    public StepRefused {
        Require.present(orderId, "orderId");
        Require.present(step, "step");
        Require.code(reason, "reason");
        detail = Require.prose(detail, "detail");
    }
}
