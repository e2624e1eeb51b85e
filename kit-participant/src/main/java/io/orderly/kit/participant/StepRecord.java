package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.messaging.TraceParent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That a participant was told to take a step, and what it answered.
 *
 * @param commandId the first command that told it
 * @param traceParent the trace of that command; null if it had none
 * @param reply null while the answer is open
 */
record StepRecord(
        OrderId orderId,
        SagaStep step,
        UUID commandId,
        @Nullable TraceParent traceParent,
        @Nullable StepReply reply) {

    record Key(OrderId orderId, SagaStep step) {

        static Key of(Command command) {
            return new Key(command.orderId(), command.step());
        }
    }

    Key key() {
        return new Key(orderId, step);
    }
}
