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

/** Stands between Kafka and a {@link CommandHandler}: keeps its promise that a step is taken once. */
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
        RecordedSteps taken = takenBefore(batch);
        CommandBatch<C> fresh = notTaken(batch, taken);
        Set<StepRecord.Key> handled =
                fresh.commands().stream().map(StepRecord.Key::of).collect(Collectors.toSet());
        Map<StepRecord.Key, StepReply> replies = handled.isEmpty() ? Map.of() : replies(fresh, handled);
        batch.forEach(message -> {
            C command = commandOf(message);
            StepRecord before = taken.before(command);
            StepReply reply;
            if (before != null) {
                reply = before.reply();
            } else if (handled.contains(StepRecord.Key.of(command))) {
                reply = replies.get(StepRecord.Key.of(command));
                // a refusal changed nothing, and once an operator has mended its cause the step may be taken after all
                if (!(reply instanceof StepRefused)) {
                    taken.take(
                            command, message.metadata().id(), message.metadata().traceParent(), reply);
                }
            } else {
                throw new IllegalStateException(command + " came after its compensation, which was refused");
            }
            if (reply != null) {
                outbox.append(reply);
            }
        });
        if (!taken.fresh().isEmpty()) {
            records.insert(taken.fresh());
        }
    }

    /**
     * What was taken by earlier transactions. A forward step of a batch that is assumed new violates the key of its record if it was
     * taken or compensated before; the effect of a compensation depends on what was taken.
     */
    private RecordedSteps takenBefore(MessageBatch batch) {
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

    /** The first command for each step, except a forward step that comes after its compensation. */
    private CommandBatch<C> notTaken(MessageBatch batch, RecordedSteps taken) {
        var fresh = new CommandBatch.Builder<C>();
        Set<StepRecord.Key> seen = new HashSet<>();
        for (IncomingMessage message : batch.messages()) {
            C command = commandOf(message);
            if (taken.before(command) == null && seen.add(StepRecord.Key.of(command))) {
                fresh.add(command, message.metadata().traceParent());
                seen.add(new StepRecord.Key(command.orderId(), command.step().forward()));
            }
        }
        return fresh.build();
    }

    private Map<StepRecord.Key, StepReply> replies(CommandBatch<C> fresh, Set<StepRecord.Key> handled) {
        Map<StepRecord.Key, StepReply> replies = new HashMap<>();
        for (StepReply reply : handler.handle(fresh)) {
            var key = new StepRecord.Key(reply.orderId(), reply.step());
            if (!handled.contains(key) || replies.put(key, reply) != null) {
                throw new IllegalStateException(reply + " replies to no command, or is the second reply to it");
            }
        }
        return replies;
    }

    /** The saga has to know, for it would wait for the reply until its deadline. */
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
            log.warn("Dead letter {} belongs to no order: its key is no order id", letter.id());
            return Optional.empty();
        }
    }

    private C commandOf(IncomingMessage message) {
        if (!handler.commandType().isInstance(message.payload())) {
            throw new UnreadableMessageException(
                    "a " + message.metadata().type() + " does not belong on " + topic().topicName(), null);
        }
        return handler.commandType().cast(message.payload());
    }
}
