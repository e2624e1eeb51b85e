package io.orderly.kit.deadletter;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.MessageHeaders;
import io.orderly.kit.failure.TransientFailures;
import io.orderly.kit.inbox.Inbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** What operators do with dead letters. */
public final class DeadLetterOperations {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterOperations.class);

    private static final int FOLLOWER_ATTEMPTS = 3;

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

    /** What became of a request about a dead letter. */
    sealed interface OperationResult {

        /** @param tookEffect the letters whose messages took effect, those that only waited behind the letter included */
        record Done(List<UUID> tookEffect) implements OperationResult {}

        record NotFound() implements OperationResult {}

        /** @param oldest the letter that has to be dealt with before this one */
        record NotTheOldest(UUID oldest) implements OperationResult {}

        record FailedAgain(String cause) implements OperationResult {}
    }

    /**
     * Handles the message again, in its own trace, and after it those that only waited behind it.
     *
     * @throws RuntimeException if what failed passes by itself; the letter is then as it was
     */
    OperationResult replay(UUID id) {
        Optional<StoredDeadLetter> letter = letters.find(id);
        if (letter.isEmpty()) {
            return new OperationResult.NotFound();
        }
        OperationResult outcome = replay(letter.get());
        if (outcome instanceof OperationResult.Done) {
            List<UUID> tookEffect = new ArrayList<>(List.of(id));
            tookEffect.addAll(replayFollowers(letter.get()));
            return new OperationResult.Done(tookEffect);
        }
        return outcome;
    }

    /**
     * What became of a request to discard.
     *
     * @param letters those that were there and are discarded
     * @param tookEffect how many messages took effect that only waited behind them
     */
    record Discarded(List<UUID> letters, int tookEffect) {}

    /** Gives the message up for good, and lets those that only waited behind it take effect. */
    OperationResult discard(UUID id) {
        Optional<StoredDeadLetter> letter = letters.find(id);
        if (letter.isEmpty()) {
            return new OperationResult.NotFound();
        }
        List<UUID> removed = remove(List.of(letter.get()));
        return removed.isEmpty()
                ? new OperationResult.NotFound()
                : new OperationResult.Done(replayFollowers(letter.get()));
    }

    /**
     * Gives messages of one topic and key up for good, all of them before any that waited behind them takes effect.
     *
     * @param sequence at least one letter
     */
    Discarded discard(List<StoredDeadLetter> sequence) {
        List<UUID> removed = remove(sequence);
        return new Discarded(
                removed,
                removed.isEmpty() ? 0 : replayFollowers(sequence.getFirst()).size());
    }

    /** @return those that were still there */
    private List<UUID> remove(List<StoredDeadLetter> sequence) {
        List<StoredDeadLetter> removed = transactions.execute(status -> {
            lock(sequence.getFirst());
            List<StoredDeadLetter> stillThere = sequence.stream()
                    .filter(letter -> letters.remove(letter.id()))
                    .toList();
            for (StoredDeadLetter letter : stillThere) {
                // a copy of it that lies on the topic, or waits behind it, must not take effect either
                messageIdOf(letter).ifPresent(messageId -> inbox.recordNew(List.of(messageId)));
            }
            return stillThere;
        });
        for (StoredDeadLetter letter : removed) {
            log.warn("Dead letter {} was discarded: {}", letter.id(), letter.describe());
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

    private OperationResult replay(StoredDeadLetter letter) {
        try {
            return transactions.execute(status -> {
                lock(letter);
                // only under the lock is it certain that it is still there, and still the oldest
                Optional<StoredDeadLetter> current = letters.find(letter.id());
                if (current.isEmpty()) {
                    return new OperationResult.NotFound();
                }
                if (!current.get().isOldest()) {
                    return new OperationResult.NotTheOldest(current.get().oldest());
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
            transactions.executeWithoutResult(status -> letters.failedAgain(letter.id(), e));
            return new OperationResult.FailedAgain(DeadLetters.describe(e));
        }
    }

    private List<UUID> replayFollowers(StoredDeadLetter first) {
        List<UUID> handled = new ArrayList<>();
        Optional<StoredDeadLetter> next =
                nextThatOnlyWaits(first.raw().topic(), first.raw().key());
        while (next.isPresent() && isHandled(next.get())) {
            handled.add(next.get().id());
            next = nextThatOnlyWaits(first.raw().topic(), first.raw().key());
        }
        return handled;
    }

    /** Nobody asked for this one by itself, and nobody would know to ask again, so what passes by itself is waited for a little. */
    private boolean isHandled(StoredDeadLetter follower) {
        for (int attempt = 1; ; attempt++) {
            try {
                return replay(follower) instanceof OperationResult.Done;
            } catch (RuntimeException e) {
                log.warn("Attempt {} to replay {}, which waited, failed", attempt, follower.id(), e);
                if (attempt == FOLLOWER_ATTEMPTS) {
                    return false;
                }
            }
        }
    }

    private Optional<StoredDeadLetter> nextThatOnlyWaits(String topic, @Nullable String key) {
        // under the lock, so that a message being put behind the sequence at this moment is seen
        return transactions.execute(status -> {
            letters.lock(topic, key);
            return letters.oldest(topic, key).filter(letter -> letter.cause() == null);
        });
    }

    private void lock(StoredDeadLetter letter) {
        letters.lock(letter.raw().topic(), letter.raw().key());
    }
}
