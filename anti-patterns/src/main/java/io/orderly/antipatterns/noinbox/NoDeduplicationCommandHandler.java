package io.orderly.antipatterns.noinbox;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.StepReply;
import io.orderly.inventory.stock.ReservationHandler;
import io.orderly.kit.consuming.MessageBatch;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.deadletter.DeadLetter;
import io.orderly.kit.messaging.IncomingMessage;
import io.orderly.kit.outbox.Outbox;
import io.orderly.kit.participant.CommandBatch;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the saga's commands without recording executed steps. Each copy of a command takes effect, and so does a
 * command that arrives after its compensation.
 */
final class NoDeduplicationCommandHandler implements MessageHandler {

    private static final Logger log = LoggerFactory.getLogger(NoDeduplicationCommandHandler.class);

    private final ReservationHandler handler;
    private final Outbox outbox;

    NoDeduplicationCommandHandler(ReservationHandler handler, Outbox outbox) {
        this.handler = handler;
        this.outbox = outbox;
    }

    @Override
    public Topic topic() {
        return Topic.INVENTORY_COMMANDS;
    }

    @Override
    public void handle(MessageBatch batch) {
        List<InventoryCommand> commands = batch.messages().stream()
                .map(NoDeduplicationCommandHandler::commandOf)
                .toList();
        Iterator<StepReply> replies =
                handler.handle(CommandBatch.of(commands, null)).iterator();
        batch.forEach(_ -> outbox.append(replies.next()));
    }

    /** The saga has to be informed, otherwise it waits for the reply until its deadline. */
    @Override
    public void deadLettered(DeadLetter letter) {
        try {
            Optional.ofNullable(letter.key())
                    .map(OrderId::of)
                    .ifPresent(order -> outbox.append(
                            new CommandDeadLettered(order, letter.id().toString(), letter.topic(), letter.cause())));
        } catch (IllegalArgumentException e) {
            log.warn("Dead letter {} has no order id as its key, so no reply is sent", letter.id());
        }
    }

    private static InventoryCommand commandOf(IncomingMessage message) {
        if (message.payload() instanceof InventoryCommand command) {
            return command;
        }
        throw new UnreadableMessageException(message.metadata().type() + " is not an inventory command", null);
    }
}
