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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Handles batches of one topic. All messages in one transaction; if that fails, one by one, each with a few attempts, and
 * what still fails goes to the dead letters with everything of its key that comes after it.
 *
 * <p>At first nobody asks whether a message was here before: if one was, the commit says so, and the batch is handled once
 * more by asking first.
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
            transact(batch, this::takeEffectAsNew);
        } catch (DuplicateKeyException e) {
            log.debug("Some of a batch of {} on {} may have been here before", batch.size(), topicName(), e);
            lookFirst(batch);
        } catch (RuntimeException e) {
            oneByOne(batch, e);
        }
    }

    private void lookFirst(List<RawMessage> batch) {
        try {
            transact(batch, this::takeEffect);
        } catch (RuntimeException e) {
            oneByOne(batch, e);
        }
    }

    private void oneByOne(List<RawMessage> batch, RuntimeException failure) {
        if (TransientFailures.isTransient(failure)) {
            throw failure;
        }
        log.debug("A batch of {} on {} failed, going on one by one", batch.size(), topicName(), failure);
        batch.forEach(this::processAlone);
    }

    private void processAlone(RawMessage raw) {
        Duration delay = properties.retryDelay();
        for (int attempt = 1; ; attempt++) {
            try {
                transact(List.of(raw), this::takeEffect);
                return;
            } catch (RuntimeException e) {
                if (TransientFailures.isTransient(e)) {
                    throw e;
                }
                if (attempt == properties.attempts() || isHopeless(e)) {
                    deadLetter(raw, e, attempt);
                    return;
                }
            }
            rest(delay);
            delay = delay.multipliedBy(2);
        }
    }

    private void transact(List<RawMessage> batch, Function<List<RawMessage>, Tally> work) {
        Tally tally = requireNonNull(transactions.execute(status -> work.apply(batch)));
        meters.counter("orderly.messages.handled", "topic", topicName()).increment(tally.handled());
        meters.counter("orderly.messages.duplicates", "topic", topicName()).increment(tally.duplicates());
    }

    private Tally takeEffect(List<RawMessage> batch) {
        return takeEffect(batch, inbox::recordNew, false);
    }

    private Tally takeEffectAsNew(List<RawMessage> batch) {
        return takeEffect(batch, inbox::recordAssumedNew, true);
    }

    /** In a transaction: what is behind a dead letter joins it, what was handled before is left out, the rest is handled. */
    private Tally takeEffect(List<RawMessage> batch, Function<List<UUID>, Set<UUID>> admission, boolean assumedNew) {
        List<IncomingMessage> readable = new ArrayList<>(batch.size());
        for (RawMessage raw : deadLetters.deadLetterFollowers(batch, this::leftBehind)) {
            readable.add(MessageReader.read(raw));
        }
        List<IncomingMessage> fresh = fresh(readable, admission);
        if (!fresh.isEmpty()) {
            handler.handle(new MessageBatch(fresh, assumedNew, this::inItsContext));
        }
        return new Tally(fresh.size(), readable.size() - fresh.size());
    }

    /** Whatever the handler says about it belongs to its trace, as it does for the one that failed. */
    private void leftBehind(DeadLetter letter, RawMessage raw) {
        traces.inSpan(topicName() + " dead-letter", raw.traceParent(), () -> handler.deadLettered(letter));
    }

    /** Of several copies in one batch the first is fresh. */
    private static List<IncomingMessage> fresh(
            List<IncomingMessage> messages, Function<List<UUID>, Set<UUID>> admission) {
        if (messages.isEmpty()) {
            return messages;
        }
        Set<UUID> admitted = admission.apply(
                messages.stream().map(message -> message.metadata().id()).toList());
        return messages.stream()
                .filter(message -> admitted.remove(message.metadata().id()))
                .toList();
    }

    private void inItsContext(IncomingMessage message, Runnable action) {
        clock.receive(message.metadata());
        CurrentMessage.during(
                message.metadata(),
                () -> traces.inSpan(topicName() + " process", message.metadata().traceParent(), action));
    }

    /** Takes a dead letter up again, in the caller's transaction; the inbox has never admitted it. */
    void replay(RawMessage raw) {
        List<IncomingMessage> fresh = fresh(List.of(MessageReader.read(raw)), inbox::recordNew);
        if (!fresh.isEmpty()) {
            handler.handle(new MessageBatch(fresh, false, this::inItsContext));
        }
    }

    private void deadLetter(RawMessage raw, RuntimeException cause, int attempts) {
        log.error(
                "Message at {}-{}@{} goes to the dead letters after {} attempts",
                raw.topic(),
                raw.partition(),
                raw.offset(),
                attempts,
                cause);
        traces.inSpan(
                topicName() + " dead-letter",
                raw.traceParent(),
                () -> transactions.executeWithoutResult(
                        status -> deadLetters.deadLetter(raw, cause, attempts, handler::deadLettered)));
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

    /** What became of a transaction's messages. */
    private record Tally(int handled, int duplicates) {}
}
