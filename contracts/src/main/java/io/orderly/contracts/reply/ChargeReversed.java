package io.orderly.contracts.reply;

import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.SagaStep;
import org.jspecify.annotations.Nullable;

/**
 * The charge was refunded, or was never made.
 *
 * @param refunded the refunded amount; null if nothing was charged
 */
public record ChargeReversed(OrderId orderId, @Nullable Money refunded) implements StepCompleted {

    public ChargeReversed {
        Require.present(orderId, "orderId");
        if (refunded != null) {
            Require.positive(refunded, "refunded");
        }
    }

    @Override
    public SagaStep step() {
        return SagaStep.REFUND_PAYMENT;
    }
}
