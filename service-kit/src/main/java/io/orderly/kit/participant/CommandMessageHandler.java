package io.orderly.kit.participant;

import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.kit.consuming.MessageHandler;
import io.orderly.kit.deadletter.DeadLetter;
import io.orderly.kit.messaging.IncomingMessage;
import io.orderly.kit.outbox.TransactionalOutbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands between Kafka and a {@link CommandHandler}: keeps its promise that a step is taken once. */
final class CommandMessageHandler<C extends Command> implements MessageHandler {

    static final String ALREADY_COMPENSATED = "ALREADY_COMPENSATED";

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
        List<C> commands = batch.stream().map(this::commandOf).toList();
        Map<StepRecord.Key, StepRecord> taken =
                records
                        .ofOrders(commands.stream()
                                .map(Command::orderId)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(
                                Collectors.toMap(StepRecord::key, record -> record, (one, other) -> one, HashMap::new));
        return new CommandWork(handler.begin(commands), taken);
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
        private final Map<StepRecord.Key, StepRecord> taken;
        private final List<StepRecord> fresh = new ArrayList<>();

        CommandWork(CommandHandler.Work<C> work, Map<StepRecord.Key, StepRecord> taken) {
            this.work = work;
            this.taken = taken;
        }

        @Override
        public void handle(IncomingMessage message) {
            C command = commandOf(message);
            var key = new StepRecord.Key(command.orderId(), command.step());
            StepRecord before = taken.get(key);
            Optional<StepReply> reply;
            if (before != null) {
                reply = Optional.ofNullable(before.reply());
            } else {
                reply = work.handle(command);
                // a refusal changed nothing, and once an operator has mended its cause the step may be taken after all
                if (!(reply.orElse(null) instanceof StepRefused)) {
                    take(command.orderId(), command.step(), message, reply.orElse(null));
                    buryForward(command, message);
                }
            }
            reply.ifPresent(outbox::append);
        }

        @Override
        public void complete() {
            work.complete();
            if (!fresh.isEmpty()) {
                records.insert(fresh);
            }
        }

        /**
         * A compensation without its forward step takes that one's place, so that it will be refused. The row is the tombstone:
         * a forward step that is under way elsewhere, by a consumer that does not know yet that it has lost its partition, wants
         * to insert the same one. Only one of the two commits, and the other looks again.
         */
        private void buryForward(C command, IncomingMessage message) {
            SagaStep forward = command.step().forward();
            if (!taken.containsKey(new StepRecord.Key(command.orderId(), forward))) {
                take(command.orderId(), forward, message, refusal(command.orderId(), forward));
            }
        }

        private void take(OrderId order, SagaStep step, IncomingMessage message, @Nullable StepReply reply) {
            var record = new StepRecord(
                    order, step, message.metadata().id(), message.metadata().traceParent(), reply);
            taken.put(record.key(), record);
            fresh.add(record);
        }

        private static StepRefused refusal(OrderId order, SagaStep forward) {
            return new StepRefused(order, forward, ALREADY_COMPENSATED, forward + " came after its compensation");
        }
    }
}
