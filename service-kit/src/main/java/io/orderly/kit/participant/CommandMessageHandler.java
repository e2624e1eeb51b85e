package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.deadletter.DeadLetter;
import io.orderly.kit.messaging.IncomingMessage;
import io.orderly.kit.outbox.TransactionalOutbox;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands between Kafka and a {@link CommandHandler}: keeps its promise that a step is taken once. */
final class CommandMessageHandler<C extends Command> implements MessageHandler {

    private static final Logger log = LoggerFactory.getLogger(CommandMessageHandler.class);

    private final CommandHandler<C> handler;
    private final StepRecords records;
    private final TransactionalOutbox outbox;

    CommandMessageHandler(CommandHandler<C> handler, StepRecords records, TransactionalOutbox outbox) {
        this.handler = handler;
        this.records = records;
        this.outbox = outbox;
    }

    @Override
    public Topic topic() {
        return handler.topic();
    }

    @Override
    public Work begin(List<IncomingMessage> batch) {
        return begin(commandsOf(batch), records::ofOrders);
    }

    /** A forward step that was taken or buried before violates the key of its record; a compensation has to know what was. */
    @Override
    public Work beginAsNew(List<IncomingMessage> batch) {
        List<C> commands = commandsOf(batch);
        boolean anyCompensation =
                commands.stream().anyMatch(command -> command.step().isCompensation());
        return begin(commands, anyCompensation ? records::ofOrders : _ -> List.of());
    }

    private Work begin(List<C> commands, Function<List<OrderId>, List<StepRecord>> before) {
        var taken = new TakenSteps(
                before.apply(commands.stream().map(Command::orderId).distinct().toList()));
        return new CommandWork(handler.begin(commands), taken);
    }

    private List<C> commandsOf(List<IncomingMessage> batch) {
        return batch.stream().map(this::commandOf).toList();
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

    private final class CommandWork implements Work {

        private final CommandHandler.Work<C> work;
        private final TakenSteps taken;

        CommandWork(CommandHandler.Work<C> work, TakenSteps taken) {
            this.work = work;
            this.taken = taken;
        }

        @Override
        public void handle(IncomingMessage message) {
            C command = commandOf(message);
            StepRecord before = taken.before(command);
            Optional<StepReply> reply;
            if (before != null) {
                reply = Optional.ofNullable(before.reply());
            } else {
                reply = work.handle(command);
                // a refusal changed nothing, and once an operator has mended its cause the step may be taken after all
                if (!(reply.orElse(null) instanceof StepRefused)) {
                    taken.take(
                            command, message.metadata().id(), message.metadata().traceParent(), reply.orElse(null));
                }
            }
            reply.ifPresent(outbox::append);
        }

        @Override
        public void complete() {
            work.complete();
            if (!taken.fresh().isEmpty()) {
                records.insert(taken.fresh());
            }
        }
    }
}
