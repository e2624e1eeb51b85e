package io.orderly.kit.deadletter;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Printable;
import io.orderly.kit.failure.TransientFailures;
import io.orderly.kit.inbox.Inbox;
import io.orderly.kit.web.OperatorNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Replays and discards dead letters. */
public final class DeadLetterOperations {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterOperations.class);

    private static final int FOLLOWER_ATTEMPTS = 3;
    private static final int MAX_NOTE = OperatorNote.MAX_BY + OperatorNote.MAX_REASON + 2;

    private final DeadLetters letters;
    private final Inbox inbox;
    private final Redelivery redelivery;
    private final TransactionOperations transactions;
    private final MeterRegistry meters;

    DeadLetterOperations(
            DeadLetters letters,
            Inbox inbox,
            Redelivery redelivery,
            TransactionOperations transactions,
            MeterRegistry meters) {
        this.letters = letters;
        this.inbox = inbox;
        this.redelivery = redelivery;
        this.transactions = transactions;
        this.meters = meters;
    }

    /** The result of a replay or discard. */
    sealed interface OperationResult {

        /**
         * @param handledIds the letters whose messages were handled, including those that only waited behind the letter
         */
        record Done(List<UUID> handledIds) implements OperationResult {}

        record NotFound() implements OperationResult {}

        /** @param oldest the letter that must be replayed or discarded before this one */
        record NotTheOldest(UUID oldest) implements OperationResult {}

        record FailedAgain(String cause) implements OperationResult {}
    }

    /**
     * Handles the message again in its own trace, then the messages that only waited behind it.
     *
     * @throws RuntimeException if the failure is transient; the letter is unchanged
     */
    OperationResult replay(UUID id, OperatorNote note) {
        Optional<StoredDeadLetter> letter = letters.find(id);
        if (letter.isEmpty()) {
            return new OperationResult.NotFound();
        }
        OperationResult outcome = replay(letter.get(), note);
        if (outcome instanceof OperationResult.Done) {
            log.info("Dead letter {} was replayed by an operator ({})", id, shown(note));
            List<UUID> handledIds = new ArrayList<>(List.of(id));
            handledIds.addAll(replayFollowers(letter.get()));
            return new OperationResult.Done(handledIds);
        }
        return outcome;
    }

    /**
     * The result of discarding a sequence.
     *
     * @param letters the letters that existed and were discarded
     * @param handledCount how many messages that only waited behind them were handled
     */
    record Discarded(List<UUID> letters, int handledCount) {}

    /** Discards the message, then handles the messages that only waited behind it. */
    OperationResult discard(UUID id, OperatorNote note) {
        Optional<StoredDeadLetter> letter = letters.find(id);
        if (letter.isEmpty()) {
            return new OperationResult.NotFound();
        }
        List<UUID> removed = remove(List.of(letter.get()), note);
        return removed.isEmpty()
                ? new OperationResult.NotFound()
                : new OperationResult.Done(replayFollowers(letter.get()));
    }

    /**
     * Discards messages of one topic and key; messages that only waited behind them are handled after all are discarded.
     *
     * @param sequence at least one letter
     */
    Discarded discard(List<StoredDeadLetter> sequence, OperatorNote note) {
        List<UUID> removed = remove(sequence, note);
        return new Discarded(
                removed,
                removed.isEmpty() ? 0 : replayFollowers(sequence.getFirst()).size());
    }

    /** @return the ids of the letters that still existed */
    private List<UUID> remove(List<StoredDeadLetter> sequence, OperatorNote note) {
        List<StoredDeadLetter> removed = transactions.execute(status -> {
            lock(sequence.getFirst());
            List<StoredDeadLetter> existing = sequence.stream()
                    .filter(letter -> letters.remove(letter.id()))
                    .toList();
            for (StoredDeadLetter letter : existing) {
                // a duplicate on the topic, or one that waits behind it, must not take effect either
                messageIdOf(letter).ifPresent(messageId -> inbox.recordNew(List.of(messageId)));
                redelivery.announce(letter.describe(), LetterAction.DISCARD, note.text());
            }
            return existing;
        });
        for (StoredDeadLetter letter : removed) {
            log.warn(
                    "Dead letter {} was discarded by an operator ({}): {}",
                    letter.id(),
                    shown(note),
                    letter.describe());
            meters.counter("orderly.deadletters.discarded").increment();
        }
        return removed.stream().map(StoredDeadLetter::id).toList();
    }

    private static Optional<UUID> messageIdOf(StoredDeadLetter letter) {
        try {
            return Optional.ofNullable(letter.raw().headers().get(MessageHeaders.ID))
                    .map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String shown(OperatorNote note) {
        return note.text().isEmpty() ? "who did not say why" : Printable.of(note.text(), MAX_NOTE);
    }

    /** @param note null if no operator asked for this letter */
    private OperationResult replay(StoredDeadLetter letter, @Nullable OperatorNote note) {
        try {
            return transactions.execute(status -> {
                lock(letter);
                // whether it still exists and is the oldest is certain only while the lock is held
                Optional<StoredDeadLetter> current = letters.find(letter.id());
                if (current.isEmpty()) {
                    return new OperationResult.NotFound();
                }
                if (!current.get().isOldest()) {
                    return new OperationResult.NotTheOldest(current.get().oldest());
                }
                if (note != null) {
                    redelivery.announce(letter.describe(), LetterAction.REPLAY, note.text());
                }
                redelivery.redeliver(letter.raw());
                letters.remove(letter.id());
                meters.counter("orderly.deadletters.replayed").increment();
                return new OperationResult.Done(List.of(letter.id()));
            });
        } catch (RuntimeException e) {
            if (TransientFailures.isTransient(e)) {
                throw e;
            }
            log.warn("Dead letter {} failed again", letter.id(), e);
            transactions.executeWithoutResult(status -> letters.recordFailure(letter.id(), e));
            if (note != null) {
                announceFailure(letter, note);
            }
            return new OperationResult.FailedAgain(DeadLetters.describe(e));
        }
    }

    /** What its handler cannot note is in the log only, and the letter has its failure. */
    private void announceFailure(StoredDeadLetter letter, OperatorNote note) {
        try {
            transactions.executeWithoutResult(
                    status -> redelivery.announce(letter.describe(), LetterAction.FAILED_REPLAY, note.text()));
        } catch (RuntimeException e) {
            log.warn("That an operator ({}) replayed dead letter {} was not noted", shown(note), letter.id(), e);
        }
    }

    private List<UUID> replayFollowers(StoredDeadLetter first) {
        List<UUID> handled = new ArrayList<>();
        Optional<StoredDeadLetter> next =
                nextFollower(first.raw().topic(), first.raw().key());
        while (next.isPresent() && replayWithRetries(next.get())) {
            handled.add(next.get().id());
            next = nextFollower(first.raw().topic(), first.raw().key());
        }
        return handled;
    }

    /**
     * Retries a few times, also after transient failures: no operator asked for this letter, so none would repeat the call.
     */
    private boolean replayWithRetries(StoredDeadLetter follower) {
        for (int attempt = 1; ; attempt++) {
            try {
                return replay(follower, null) instanceof OperationResult.Done;
            } catch (RuntimeException e) {
                log.warn("Attempt {} to replay {}, which waited behind it, failed", attempt, follower.id(), e);
                if (attempt == FOLLOWER_ATTEMPTS) {
                    return false;
                }
            }
        }
    }

    private Optional<StoredDeadLetter> nextFollower(String topic, @Nullable String key) {
        // under the lock, so that a message that is being added to the sequence is seen
        return transactions.execute(status -> {
            letters.lock(topic, key);
            return letters.oldest(topic, key).filter(letter -> letter.cause() == null);
        });
    }

    private void lock(StoredDeadLetter letter) {
        letters.lock(letter.raw().topic(), letter.raw().key());
    }
}
