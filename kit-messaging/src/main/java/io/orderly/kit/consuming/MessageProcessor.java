package io.orderly.kit.consuming;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.kit.deadletter.DeadLetter;
import io.orderly.kit.deadletter.DeadLetters;
import io.orderly.kit.failure.TransientFailures;
import io.orderly.kit.inbox.Inbox;
import io.orderly.kit.messaging.CurrentMessage;
import io.orderly.kit.messaging.IncomingMessage;
import io.orderly.kit.messaging.MessageClock;
import io.orderly.kit.messaging.MessageReader;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.messaging.TraceParent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Handles batches of one topic: all messages in one transaction or, if that fails, one at a time with a few attempts each. A
 * message that still fails becomes a dead letter, and so do later messages of its key.
 *
 * <p>The first attempt assumes that no message was handled before. If that is wrong, the commit fails on a duplicate key and
 * the batch is retried with a query of the inbox.
 */
final class MessageProcessor {

    private static final Logger log = LoggerFactory.getLogger(MessageProcessor.class);

    private final MessageHandler handler;
    private final TransactionOperations transactions;
    private final Inbox inbox;
    private final DeadLetters deadLetters;
    private final FailedMessages failedMessages;
    private final MessageClock clock;
    private final MessageTraces traces;
    private final ConsumingProperties properties;
    private final MeterRegistry meters;

    MessageProcessor(
            MessageHandler handler,
            TransactionOperations transactions,
            Inbox inbox,
            DeadLetters deadLetters,
            FailedMessages failedMessages,
            MessageClock clock,
            MessageTraces traces,
            ConsumingProperties properties,
            MeterRegistry meters) {
        this.handler = handler;
        this.transactions = transactions;
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.failedMessages = failedMessages;
        this.clock = clock;
        this.traces = traces;
        this.properties = properties;
        this.meters = meters;
    }

    MessageHandler handler() {
        return handler;
    }

    /** @throws RuntimeException if the failure is transient, or by decision of {@link FailedMessages}; the batch must be delivered again */
    void process(List<RawMessage> batch) {
        try {
            transact(batch, this::handleAssumedNew);
        } catch (DuplicateKeyException e) {
            log.debug(
                    "A batch of {} on {} may have duplicates, retrying with a query of the inbox",
                    batch.size(),
                    topicName(),
                    e);
            processWithInboxQuery(batch);
        } catch (RuntimeException e) {
            processOneByOne(batch, e);
        }
    }

    private void processWithInboxQuery(List<RawMessage> batch) {
        try {
            transact(batch, this::handle);
        } catch (RuntimeException e) {
            processOneByOne(batch, e);
        }
    }

    private void processOneByOne(List<RawMessage> batch, RuntimeException failure) {
        if (TransientFailures.isTransient(failure)) {
            throw failure;
        }
        log.debug(
                "A batch of {} on {} failed, handling its messages one at a time", batch.size(), topicName(), failure);
        batch.forEach(this::processSingle);
    }

    private void processSingle(RawMessage raw) {
        Duration delay = properties.retryDelay();
        for (int attempt = 1; ; attempt++) {
            try {
                transact(List.of(raw), this::handle);
                return;
            } catch (RuntimeException e) {
                if (TransientFailures.isTransient(e)) {
                    throw e;
                }
                if (attempt == properties.attempts() || isPermanent(e)) {
                    int attempts = attempt;
                    failedMessages.failed(raw, e, () -> deadLetter(raw, e, attempts));
                    return;
                }
            }
            pause(delay);
            delay = delay.multipliedBy(2);
        }
    }

    private void transact(List<RawMessage> batch, Function<List<RawMessage>, Counts> work) {
        inSpan(batch, () -> {
            Counts counts = requireNonNull(transactions.execute(status -> work.apply(batch)));
            meters.counter("orderly.messages.handled", "topic", topicName()).increment(counts.handled());
            meters.counter("orderly.messages.duplicates", "topic", topicName()).increment(counts.duplicates());
        });
    }

    /** A message that is alone in its transaction has the whole attempt in its trace. */
    private void inSpan(List<RawMessage> batch, Runnable attempt) {
        if (batch.size() == 1) {
            inSpan(batch.getFirst().traceParent(), attempt);
        } else {
            List<TraceParent> senders = batch.stream()
                    .map(RawMessage::traceParent)
                    .filter(Objects::nonNull)
                    .toList();
            traces.inSharedSpan(topicName() + " batch", senders, attempt);
        }
    }

    private void inSpan(@Nullable TraceParent sender, Runnable work) {
        traces.inSpan(topicName() + " process", sender, work);
    }

    private Counts handle(List<RawMessage> batch) {
        return handle(batch, inbox::recordNew, false);
    }

    private Counts handleAssumedNew(List<RawMessage> batch) {
        return handle(batch, inbox::recordAssumedNew, true);
    }

    /**
     * In a transaction: messages that follow a dead letter of their key become dead letters, duplicates are skipped, the
     * others are handled.
     */
    private Counts handle(List<RawMessage> batch, Function<List<UUID>, Set<UUID>> recordIds, boolean assumedNew) {
        List<IncomingMessage> readable = new ArrayList<>(batch.size());
        for (RawMessage raw : deadLetters.deadLetterFollowers(batch, this::notifyHandler)) {
            readable.add(MessageReader.read(raw));
        }
        List<IncomingMessage> newMessages = newMessages(readable, recordIds);
        if (!newMessages.isEmpty()) {
            handler.handle(
                    new MessageBatch(newMessages, assumedNew, batch.size() == 1 ? this::alone : this::inItsTrace));
        }
        return new Counts(newMessages.size(), readable.size() - newMessages.size());
    }

    /** Calls the handler in the trace of the message. */
    private void notifyHandler(DeadLetter letter, RawMessage raw) {
        traces.inSpan(topicName() + " dead-letter", raw.traceParent(), () -> handler.deadLettered(letter));
    }

    /** Of several copies in one batch, the first counts as new. */
    private static List<IncomingMessage> newMessages(
            List<IncomingMessage> messages, Function<List<UUID>, Set<UUID>> recordIds) {
        if (messages.isEmpty()) {
            return messages;
        }
        Set<UUID> recorded = recordIds.apply(
                messages.stream().map(message -> message.metadata().id()).toList());
        return messages.stream()
                .filter(message -> recorded.remove(message.metadata().id()))
                .toList();
    }

    /** The span of a message that is alone has begun before. */
    private void alone(IncomingMessage message, Runnable action) {
        clock.receive(message.metadata());
        CurrentMessage.during(message.metadata(), action);
    }

    private void inItsTrace(IncomingMessage message, Runnable action) {
        alone(message, () -> inSpan(message.metadata().traceParent(), action));
    }

    /** Handles a dead letter in the caller's transaction. Its id is not in the inbox yet. */
    void replay(RawMessage raw) {
        inSpan(raw.traceParent(), () -> {
            List<IncomingMessage> newMessages = newMessages(List.of(MessageReader.read(raw)), inbox::recordNew);
            if (!newMessages.isEmpty()) {
                handler.handle(new MessageBatch(newMessages, false, this::alone));
            }
        });
    }

    private void deadLetter(RawMessage raw, RuntimeException cause, int attempts) {
        traces.inSpan(topicName() + " dead-letter", raw.traceParent(), () -> {
            log.atError()
                    .addKeyValue("messageKey", raw.key())
                    .setCause(cause)
                    .log(
                            "Message at {}-{}@{} becomes a dead letter after {} attempts",
                            raw.topic(),
                            raw.partition(),
                            raw.offset(),
                            attempts);
            transactions.executeWithoutResult(
                    status -> deadLetters.deadLetter(raw, cause, attempts, handler::deadLettered));
        });
    }

    private static boolean isPermanent(RuntimeException failure) {
        return failure instanceof UnreadableMessageException;
    }

    private void pause(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between two attempts", e);
        }
    }

    private String topicName() {
        return handler.topic().topicName();
    }

    /** The number of messages that a transaction handled and skipped. */
    private record Counts(int handled, int duplicates) {}
}
