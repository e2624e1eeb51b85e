package io.orderly.partnerstubs;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.payment.RefundPayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.consuming.MessageBatch;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.messaging.IncomingMessage;
import io.orderly.kit.outbox.Outbox;
import org.springframework.stereotype.Component;

/**
 * Confirms every charge without taking money, but declines one customer, so that a compensation can be seen. It keeps nothing,
 * and a repeated command gets the same reply.
 */
@Component
class PaymentStub implements MessageHandler {

    private static final CustomerId DECLINED = new CustomerId("broke");

    private final Outbox outbox;

    PaymentStub(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Topic topic() {
        return Topic.PAYMENT_COMMANDS;
    }

    @Override
    public void handle(MessageBatch batch) {
        batch.forEach(message -> outbox.append(replyTo(message)));
    }

    private static StepReply replyTo(IncomingMessage message) {
        return switch (message.payload()) {
            case ChargePayment charge when charge.customerId().equals(DECLINED) ->
                new StepDeclined(charge.orderId(), charge.step(), "INSUFFICIENT_FUNDS", "The stub declines this customer.");
            case ChargePayment charge ->
                new ChargeCaptured(charge.orderId(), "stub-" + charge.orderId(), charge.amount());
            case RefundPayment refund -> new ChargeReversed(refund.orderId(), null);
            default -> throw new UnreadableMessageException(message.metadata().type() + " is no payment command", null);
        };
    }
}
