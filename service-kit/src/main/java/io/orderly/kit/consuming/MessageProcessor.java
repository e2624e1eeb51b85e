package io.orderly.kit.consuming;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.MessageHeaders;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Handles batches of one topic. All messages in one transaction; if that fails, one by one, each with a few attempts, and
 * what still fails goes to the dead letters with everything of its key that comes after it.
 */
final class MessageProcessor {

    private static final Logger log = LoggerFactory.getLogger(MessageProcessor.class);

    private final MessageHandler handler;
    private final TransactionOperations transactions;
    private final Inbox inbox;
    private final DeadLetters deadLetters;
    private final MessageClock clock;
    private final MessageTraces traces;
    private final ConsumingProperties properties;
    private final MeterRegistry meters;

    MessageProcessor(
            MessageHandler handler,
            TransactionOperations transactions,
            Inbox inbox,
            DeadLetters deadLetters,
            MessageClock clock,
            MessageTraces traces,
            ConsumingProperties properties,
            MeterRegistry meters) {
        this.handler = handler;
        this.transactions = transactions;
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.traces = traces;
        this.properties = properties;
        this.meters = meters;
    }

    MessageHandler handler() {
        return handler;
    }

    /** @throws RuntimeException if the failure passes by itself, and the batch has to come again */
    void process(List<RawMessage> batch) {
        try {
            transactions.executeWithoutResult(status -> takeEffect(batch));
        } catch (RuntimeException e) {
            if (TransientFailures.isTransient(e)) {
                throw e;
            }
            log.debug("A batch of {} on {} failed, going on one by one", batch.size(), topicName(), e);
            batch.forEach(this::processAlone);
        }
    }

    private void processAlone(RawMessage raw) {
        Duration delay = properties.retryDelay();
        for (int attempt = 1; ; attempt++) {
            try {
                transactions.executeWithoutResult(status -> takeEffect(List.of(raw)));
                return;
            } catch (RuntimeException e) {
                if (TransientFailures.isTransient(e)) {
                    throw e;
                }
                if (attempt == properties.attempts() || isHopeless(e)) {
                    bury(raw, e, attempt);
                    return;
                }
            }
            rest(delay);
            delay = delay.multipliedBy(2);
        }
    }

    /** In a transaction: what is behind a dead letter joins it, what was handled before is left out, the rest is handled. */
    private void takeEffect(List<RawMessage> batch) {
        List<IncomingMessage> readable = new ArrayList<>(batch.size());
        for (RawMessage raw : deadLetters.leaveBehind(batch, this::leftBehind)) {
            readable.add(MessageReader.read(raw));
        }
        List<IncomingMessage> fresh = admit(readable);
        if (!fresh.isEmpty()) {
            MessageHandler.Work work = handler.begin(fresh);
            for (IncomingMessage message : fresh) {
                handleInItsTrace(work, message);
            }
            work.complete();
        }
        meters.counter("orderly.messages.handled", "topic", topicName()).increment(fresh.size());
        meters.counter("orderly.messages.duplicates", "topic", topicName()).increment(readable.size() - fresh.size());
    }

    /** Whatever the handler says about it belongs to its trace, as it does for the one that failed. */
    private void leftBehind(DeadLetter letter, RawMessage raw) {
        traces.inSpan(
                topicName() + " dead-letter",
                raw.headers().get(MessageHeaders.TRACE_PARENT),
                () -> handler.deadLettered(letter));
    }

    private List<IncomingMessage> admit(List<IncomingMessage> messages) {
        if (messages.isEmpty()) {
            return messages;
        }
        Set<UUID> admitted = inbox.admit(
                messages.stream().map(message -> message.metadata().id()).toList());
        return messages.stream()
                .filter(message -> admitted.remove(message.metadata().id()))
                .toList();
    }

    private void handleInItsTrace(MessageHandler.Work work, IncomingMessage message) {
        clock.receive(message.metadata());
        CurrentMessage.during(
                message.metadata(),
                () -> traces.inSpan(
                        topicName() + " process", message.metadata().traceParent(), () -> work.handle(message)));
    }

    /** Takes a dead letter up again, in the caller's transaction; the inbox has never admitted it. */
    void replay(RawMessage raw) {
        IncomingMessage message = MessageReader.read(raw);
        if (!admit(List.of(message)).isEmpty()) {
            MessageHandler.Work work = handler.begin(List.of(message));
            handleInItsTrace(work, message);
            work.complete();
        }
    }

    private void bury(RawMessage raw, RuntimeException cause, int attempts) {
        log.error(
                "Message at {}-{}@{} goes to the dead letters after {} attempts",
                raw.topic(),
                raw.partition(),
                raw.offset(),
                attempts,
                cause);
        traces.inSpan(
                topicName() + " dead-letter",
                raw.headers().get(MessageHeaders.TRACE_PARENT),
                () -> transactions.executeWithoutResult(
                        status -> deadLetters.bury(raw, cause, attempts, handler::deadLettered)));
    }

    private static boolean isHopeless(RuntimeException failure) {
        return failure instanceof UnreadableMessageException;
    }

    private void rest(Duration delay) {
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
}
