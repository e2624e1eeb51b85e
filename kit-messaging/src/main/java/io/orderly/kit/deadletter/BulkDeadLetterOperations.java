package io.orderly.kit.deadletter;

import io.orderly.kit.deadletter.BulkReport.LetterOutcome;
import io.orderly.kit.deadletter.BulkReport.Result;
import io.orderly.kit.deadletter.DeadLetterOperations.OperationResult;
import io.orderly.kit.failure.TransientFailures;
import io.orderly.kit.web.OperatorNote;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replays or discards several dead letters. Each replayed letter has its own transaction, and so have all discarded letters
 * of one sequence. After an interrupted call, each letter is therefore either handled or unchanged, and the call can be
 * repeated.
 */
final class BulkDeadLetterOperations {

    private final DeadLetters letters;
    private final DeadLetterOperations operations;

    BulkDeadLetterOperations(DeadLetters letters, DeadLetterOperations operations) {
        this.letters = letters;
        this.operations = operations;
    }

    /** Replays the letters; those of one topic and key in order. */
    BulkReport replay(Selection selection) {
        Selected selected = select(selection);
        var progress = new Progress(selected.ids(), selection.note());
        progress.run(() -> selected.oldestFirst().forEach(progress::replay));
        return progress.report(selected.next());
    }

    /** Discards the letters, then replays those that only waited behind them. */
    BulkReport discard(Selection selection) {
        Selected selected = select(selection);
        var progress = new Progress(selected.ids(), selection.note());
        progress.run(() -> selected.sequences().forEach(progress::discard));
        return progress.report(selected.next());
    }

    /**
     * @param ids all selected ids, including those that do not exist
     * @param found the selected letters that exist
     * @param next the last id of the page, if more letters match the filter; otherwise null
     */
    private record Selected(
            List<UUID> ids,
            List<StoredDeadLetter> found,
            @Nullable UUID next) {

        /**
         * The ids of the letters that exist, in order of creation by id; {@link Progress#replay} does not rely on this order.
         */
        List<UUID> oldestFirst() {
            return found.stream().map(StoredDeadLetter::id).sorted().toList();
        }

        Collection<List<StoredDeadLetter>> sequences() {
            return found.stream()
                    .collect(Collectors.groupingBy(
                            letter -> List.of(
                                    letter.raw().topic(),
                                    // a letter without a key is a sequence by itself
                                    Optional.<Object>ofNullable(letter.raw().key())
                                            .orElse(letter.id())),
                            LinkedHashMap::new,
                            Collectors.toList()))
                    .values();
        }
    }

    private Selected select(Selection selection) {
        if (selection.filter() == null) {
            List<UUID> ids = List.copyOf(new LinkedHashSet<>(selection.ids() == null ? List.of() : selection.ids()));
            return new Selected(ids, letters.find(ids), null);
        }
        List<StoredDeadLetter> matching = letters.page(selection.filter(), selection.after(), selection.size() + 1);
        List<StoredDeadLetter> page = matching.subList(0, Math.min(selection.size(), matching.size()));
        return new Selected(
                page.stream().map(StoredDeadLetter::id).toList(),
                page,
                matching.size() > selection.size() ? page.getLast().id() : null);
    }

    /** The progress of one call. */
    private final class Progress {

        private final List<UUID> ids;
        private final OperatorNote note;
        private final Set<UUID> remaining;
        private final Map<UUID, Result> results = new HashMap<>();
        private int handled;
        private @Nullable String interruption;

        Progress(List<UUID> ids, OperatorNote note) {
            this.ids = ids;
            this.note = note;
            this.remaining = new HashSet<>(ids);
        }

        /** Stops at a transient failure: the next letters would fail as well, each after a timeout. */
        void run(Runnable work) {
            try {
                work.run();
            } catch (RuntimeException e) {
                if (!TransientFailures.isTransient(e)) {
                    throw e;
                }
                interruption = DeadLetters.describe(e);
            }
        }

        void replay(UUID id) {
            if (!remaining.contains(id)) {
                return;
            }
            OperationResult outcome = operations.replay(id, note);
            // only the stored letters tell the order of their sequence, so older letters are replayed first
            while (outcome instanceof OperationResult.NotTheOldest(UUID oldest)
                    && remaining.contains(oldest)
                    && !oldest.equals(id)) {
                replay(oldest);
                if (!remaining.contains(id)) {
                    return;
                }
                outcome = operations.replay(id, note);
            }
            switch (outcome) {
                case OperationResult.Done(List<UUID> handledIds) -> {
                    handled += handledIds.size();
                    handledIds.stream()
                            .filter(remaining::contains)
                            .toList()
                            .forEach(each -> finish(each, LetterOutcome.DONE, null, null));
                }
                case OperationResult.NotFound() -> finish(id, LetterOutcome.NOT_FOUND, null, null);
                case OperationResult.NotTheOldest(UUID oldest) ->
                    finish(id, LetterOutcome.NOT_THE_OLDEST, oldest, null);
                case OperationResult.FailedAgain(String cause) -> finish(id, LetterOutcome.FAILED_AGAIN, null, cause);
            }
        }

        void discard(List<StoredDeadLetter> sequence) {
            DeadLetterOperations.Discarded discarded = operations.discard(sequence, note);
            discarded.letters().forEach(id -> finish(id, LetterOutcome.DONE, null, null));
            handled += discarded.handledCount();
        }

        private void finish(UUID id, LetterOutcome fate, @Nullable UUID oldest, @Nullable String cause) {
            remaining.remove(id);
            results.put(id, new Result(id, fate, oldest, cause));
        }

        BulkReport report(@Nullable UUID next) {
            return new BulkReport(ids.stream().map(this::resultOf).toList(), handled, next);
        }

        private Result resultOf(UUID id) {
            Result known = results.get(id);
            if (known != null) {
                return known;
            }
            return interruption == null
                    ? new Result(id, LetterOutcome.NOT_FOUND, null, null)
                    : new Result(id, LetterOutcome.NOT_TRIED, null, interruption);
        }
    }
}
