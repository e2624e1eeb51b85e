package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.Reply;
import io.orderly.kit.consuming.MessageBatch;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.deadletter.DeadLetter;
import io.orderly.kit.messaging.IncomingMessage;
import io.orderly.order.process.SagaProcess.Session;
import io.orderly.order.saga.SagaInput.Replied;
import io.orderly.order.saga.SagaInput.ReplyDeadLettered;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells sagas what participants answer. */
@Component
class SagaReplies implements MessageHandler {

    private static final Logger log = LoggerFactory.getLogger(SagaReplies.class);

    private final SagaProcess process;

    SagaReplies(SagaProcess process) {
        this.process = process;
    }

    @Override
    public Topic topic() {
        return Topic.SAGA_REPLIES;
    }

    @Override
    public void handle(MessageBatch batch) {
        Session session = process.lock(batch.messages().stream()
                .map(message -> replyIn(message).orderId())
                .toList());
        batch.forEach(message -> {
            Reply reply = replyIn(message);
            if (!session.holds(reply.orderId())) {
                throw new UnreadableMessageException("there is no order " + reply.orderId(), null);
            }
            session.tell(reply.orderId(), new Replied(reply), message.metadata());
        });
        session.save();
    }

    /** The saga would wait in vain, and later replies wait behind this one; so it stops where people can see it. */
    @Override
    public void deadLettered(DeadLetter letter) {
        OrderId order;
        try {
            order = OrderId.of(String.valueOf(letter.key()));
        } catch (IllegalArgumentException _) {
            log.warn("Dead letter {} is about no order: its key is no order id", letter.id());
            return;
        }
        Session session = process.lock(List.of(order));
        if (session.holds(order)) {
            session.tell(order, new ReplyDeadLettered(letter.topic() + ": " + letter.cause()), null);
            session.save();
        }
    }

    private static Reply replyIn(IncomingMessage message) {
        if (message.payload() instanceof Reply reply) {
            return reply;
        }
        throw new UnreadableMessageException(message.metadata().type() + " is no reply to a saga", null);
    }
}
