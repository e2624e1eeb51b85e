package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.messaging.TraceParent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step that a participant was commanded to execute, and its reply.
 *
 * @param commandId the id of the first command for the step
 * @param traceParent the trace context of that command; null if there was none
 * @param reply null until there is a reply
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
