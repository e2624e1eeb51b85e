package io.orderly.order.process;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.Reply;
import io.orderly.kit.consuming.MessageBatch;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.deadletter.DeadLetter;
import io.orderly.kit.deadletter.LetterAction;
import io.orderly.kit.messaging.IncomingMessage;
import io.orderly.order.saga.OrderSaga;
import io.orderly.order.saga.SagaInput.Replied;
import io.orderly.order.saga.SagaInput.ReplyDeadLettered;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Applies the replies of participants to their sagas. */
@Component
class SagaReplyHandler implements MessageHandler {

    private static final Logger log = LoggerFactory.getLogger(SagaReplyHandler.class);

    private final Sagas sagas;
    private final SagaManager sagaManager;

    SagaReplyHandler(Sagas sagas, SagaManager sagaManager) {
        this.sagas = sagas;
        this.sagaManager = sagaManager;
    }

    @Override
    public Topic topic() {
        return Topic.SAGA_REPLIES;
    }

    @Override
    public void handle(MessageBatch batch) {
        Map<OrderId, SagaInstance> locked = lock(batch.messages());
        OrderSaga rules = sagaManager.present();
        batch.forEach(message -> {
            Reply reply = replyOf(message);
            SagaInstance saga = locked.get(reply.orderId());
            if (saga == null) {
                throw new UnreadableMessageException("there is no order " + reply.orderId(), null);
            }
            sagaManager.handle(rules, saga, new Replied(reply), message.metadata());
        });
    }

    private Map<OrderId, SagaInstance> lock(List<IncomingMessage> messages) {
        List<OrderId> orders =
                messages.stream().map(message -> replyOf(message).orderId()).toList();
        return sagas.lock(orders).stream().collect(Collectors.toMap(SagaInstance::id, Function.identity()));
    }

    /** Parks the saga: the reply and all later replies to it stay in the dead letters until an operator replays them. */
    @Override
    public void deadLettered(DeadLetter letter) {
        Optional<OrderId> order = orderOf(letter);
        if (order.isEmpty()) {
            log.warn("Dead letter {} cannot be assigned to an order: its key is not an order id", letter.id());
            return;
        }
        var input = new ReplyDeadLettered(letter.topic() + ": " + letter.cause());
        sagas.lock(List.of(order.get())).forEach(saga -> sagaManager.handle(sagaManager.present(), saga, input, null));
    }

    @Override
    public void operatorActs(DeadLetter letter, LetterAction action, String note) {
        orderOf(letter)
                .ifPresent(order -> sagas.lock(List.of(order)).forEach(saga -> sagaManager.record(saga, action, note)));
    }

    private static Optional<OrderId> orderOf(DeadLetter letter) {
        try {
            return Optional.of(OrderId.of(String.valueOf(letter.key())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Reply replyOf(IncomingMessage message) {
        if (message.payload() instanceof Reply reply) {
            return reply;
        }
        throw new UnreadableMessageException(message.metadata().type() + " is not a saga reply", null);
    }
}
