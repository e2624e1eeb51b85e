package io.orderly.console.order;

import io.orderly.console.order.Message.Kind;
import io.orderly.console.order.Message.Outcome;
import io.orderly.console.order.TopicRecord.Header;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.SagaStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order with its messages.
 *
 * @param lines empty if no message with them was read
 * @param detail a sentence about the reason of the summary; null if there is none
 * @param dropped messages that were not kept, because the order had too many
 * @param messages by hybrid time
 */
public record OrderView(
        OrderSummary summary,
        List<OrderLine> lines,
        @Nullable String detail,
        int dropped,
        List<MessageView> messages) {

    /**
     * A message of the order.
     *
     * @param number in the order of arrival, from 1
     * @param compensation whether it is a compensation or a reply to one
     * @param pivot whether the saga only goes forward from here on
     * @param attempt for a command, the number of messages with this command so far, from 1; else 1
     * @param copies how often the same message was read
     * @param cause for a compensation, what the saga turned back for; null if it is not known yet
     */
    public record MessageView(
            int number,
            Kind kind,
            String type,
            Lane from,
            Lane to,
            @Nullable SagaStep step,
            boolean compensation,
            boolean pivot,
            @Nullable Outcome outcome,
            int attempt,
            int copies,
            @Nullable String cause,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable String problem,
            long wallMillis,
            @Nullable Long lamport,
            String hybrid,
            String position,
            @Nullable String key,
            List<Header> headers,
            String body,
            int bodyBytes) {}
}
