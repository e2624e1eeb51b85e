package io.orderly.contracts.reply;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;

/**
 * The protocol said no: a forward step that came after its compensation, or a compensation that cannot be done.
 *
 * @param reason a stable code such as {@code ALREADY_COMPENSATED}
 * @param detail a sentence for people
 */
public record StepRefused(OrderId orderId, SagaStep step, String reason, String detail) implements StepReply {

    public StepRefused {
        Require.present(orderId, "orderId");
        Require.present(step, "step");
        Require.code(reason, "reason");
        detail = Require.prose(detail, "detail");
    }
}
