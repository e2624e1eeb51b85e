package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.consuming.MessageBatch;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.deadletter.DeadLetter;
import io.orderly.kit.messaging.IncomingMessage;
import io.orderly.kit.outbox.TransactionalOutbox;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adapts a {@link CommandHandler} to Kafka and makes it idempotent: a step is executed once, and a repeated command gets the
 * recorded reply.
 */
final class CommandMessageHandler<C extends Command> implements MessageHandler {

    private static final Logger log = LoggerFactory.getLogger(CommandMessageHandler.class);

    private final CommandHandler<C> handler;
    private final StepRecordTable records;
    private final TransactionalOutbox outbox;

    CommandMessageHandler(CommandHandler<C> handler, StepRecordTable records, TransactionalOutbox outbox) {
        this.handler = handler;
        this.records = records;
        this.outbox = outbox;
    }

    @Override
    public Topic topic() {
        return handler.topic();
    }

    @Override
    public void handle(MessageBatch batch) {
        RecordedSteps steps = recordedSteps(batch);
        CommandBatch<C> newCommands = newCommands(batch, steps);
        Set<StepRecord.Key> handled =
                newCommands.commands().stream().map(StepRecord.Key::of).collect(Collectors.toSet());
        Map<StepRecord.Key, StepReply> replies = handled.isEmpty() ? Map.of() : replies(newCommands, handled);
        batch.forEach(message -> {
            C command = commandOf(message);
            StepRecord recorded = steps.find(command);
            StepReply reply;
            if (recorded != null) {
                reply = recorded.reply();
            } else if (handled.contains(StepRecord.Key.of(command))) {
                reply = replies.get(StepRecord.Key.of(command));
                // a refusal is not recorded, so that an operator can retry the step after its cause is fixed
                if (!(reply instanceof StepRefused)) {
                    steps.record(
                            command, message.metadata().id(), message.metadata().traceParent(), reply);
                }
            } else {
                throw new IllegalStateException(command + " follows its compensation, which was refused");
            }
            if (reply != null) {
                outbox.append(reply);
            }
        });
        if (!steps.added().isEmpty()) {
            records.insert(steps.added());
        }
    }

    /**
     * The steps recorded by earlier transactions. They are not queried for a batch that is assumed new and has no
     * compensation: if a forward step is already recorded, the insert of its record fails on the primary key.
     */
    private RecordedSteps recordedSteps(MessageBatch batch) {
        List<C> commands = batch.messages().stream().map(this::commandOf).toList();
        boolean anyCompensation =
                commands.stream().anyMatch(command -> command.step().isCompensation());
        return new RecordedSteps(
                batch.assumedNew() && !anyCompensation
                        ? List.of()
                        : records.ofOrders(commands.stream()
                                .map(Command::orderId)
                                .distinct()
                                .toList()));
    }

    /**
     * The first command of each step that is not recorded, without forward steps that follow their compensation in the
     * batch.
     */
    private CommandBatch<C> newCommands(MessageBatch batch, RecordedSteps steps) {
        var newCommands = new CommandBatch.Builder<C>();
        Set<StepRecord.Key> seen = new HashSet<>();
        for (IncomingMessage message : batch.messages()) {
            C command = commandOf(message);
            if (steps.find(command) == null && seen.add(StepRecord.Key.of(command))) {
                newCommands.add(command, message.metadata().traceParent());
                seen.add(new StepRecord.Key(command.orderId(), command.step().forward()));
            }
        }
        return newCommands.build();
    }

    private Map<StepRecord.Key, StepReply> replies(CommandBatch<C> newCommands, Set<StepRecord.Key> handled) {
        Map<StepRecord.Key, StepReply> replies = new HashMap<>();
        for (StepReply reply : handler.handle(newCommands)) {
            var key = new StepRecord.Key(reply.orderId(), reply.step());
            if (!handled.contains(key) || replies.put(key, reply) != null) {
                throw new IllegalStateException(reply + " has no command in the batch, or is a second reply to it");
            }
        }
        return replies;
    }

    /** Notifies the saga, which would otherwise wait for the reply until its deadline. */
    @Override
    public void deadLettered(DeadLetter letter) {
        orderOf(letter)
                .ifPresent(order -> outbox.append(
                        new CommandDeadLettered(order, letter.id().toString(), letter.topic(), letter.cause())));
    }

    private static Optional<OrderId> orderOf(DeadLetter letter) {
        try {
            return Optional.ofNullable(letter.key()).map(OrderId::of);
        } catch (IllegalArgumentException e) {
            log.warn("Dead letter {} has no order: its key is not an order id", letter.id());
            return Optional.empty();
        }
    }

    private C commandOf(IncomingMessage message) {
        if (!handler.commandType().isInstance(message.payload())) {
            throw new UnreadableMessageException(
                    "a " + message.metadata().type() + " is not allowed on " + topic().topicName(), null);
        }
        return handler.commandType().cast(message.payload());
    }
}
