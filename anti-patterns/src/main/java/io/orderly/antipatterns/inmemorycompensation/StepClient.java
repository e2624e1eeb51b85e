package io.orderly.antipatterns.inmemorycompensation;

import io.orderly.antipatterns.ordering.SagaParticipantClients;
import io.orderly.contracts.Command;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.StepReply;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientException;

/** Calls participants to execute steps, and waits for their replies. */
class StepClient {

    private final StepApi inventory;
    private final StepApi payment;
    private final StepApi shipping;

    StepClient(SagaParticipantClients participants) {
        this.inventory = participants.inventory(StepApi.class);
        this.payment = participants.payment(StepApi.class);
        this.shipping = participants.shipping(StepApi.class);
    }

    /** @throws RestClientException if the outcome of the step is unknown */
    StepReply execute(Command command) {
        MessageType<?> type = MessageType.of(command);
        ResponseEntity<byte[]> answer = participantOf(type.topic()).execute(type.name(), MessageCodec.encode(command));
        String replyType = answer.getHeaders().getFirst(StepApi.TYPE);
        byte[] body = answer.getBody();
        try {
            if (replyType != null && body != null && MessageCodec.decode(replyType, body) instanceof StepReply reply) {
                return reply;
            }
        } catch (UnreadableMessageException e) {
            throw new RestClientException("invalid reply to " + type.name(), e);
        }
        throw new RestClientException("no reply to " + type.name());
    }

    private StepApi participantOf(Topic topic) {
        return switch (topic) {
            case INVENTORY_COMMANDS -> inventory;
            case PAYMENT_COMMANDS -> payment;
            case SHIPPING_COMMANDS -> shipping;
            case SAGA_REPLIES, ORDER_EVENTS, PRODUCTS ->
                throw new IllegalArgumentException(topic + " is not a command topic");
        };
    }
}
