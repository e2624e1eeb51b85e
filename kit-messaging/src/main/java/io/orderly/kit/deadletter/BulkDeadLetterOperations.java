package io.orderly.kit.deadletter;

import io.orderly.kit.deadletter.BulkReport.LetterOutcome;
import io.orderly.kit.deadletter.BulkReport.Result;
import io.orderly.kit.deadletter.DeadLetterOperations.OperationResult;
import io.orderly.kit.failure.TransientFailures;
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
 * What operators do with several dead letters at once. Each letter that is replayed, and all letters of one sequence that are
 * discarded, take a transaction of their own. So a call that is cut off leaves each letter either dealt with or as it was, and
 * can be repeated.
 */
final class BulkDeadLetterOperations {

    private final DeadLetters letters;
    private final DeadLetterOperations operations;

    BulkDeadLetterOperations(DeadLetters letters, DeadLetterOperations operations) {
        this.letters = letters;
        this.operations = operations;
    }

    /** Replays the letters, those of one topic and key in their order. */
    BulkReport replay(Selection selection) {
        Chosen chosen = choose(selection);
        var round = new Round(chosen.ids());
        round.run(() -> chosen.oldestFirst().forEach(round::replay));
        return round.report(chosen.next());
    }

    /** Gives the letters up for good, and then lets those take effect that only waited behind them. */
    BulkReport discard(Selection selection) {
        Chosen chosen = choose(selection);
        var round = new Round(chosen.ids());
        round.run(() -> chosen.sequences().forEach(round::discard));
        return round.report(chosen.next());
    }

    /**
     * @param ids all that were selected, also those that are not there
     * @param found those that are there
     * @param next where the letters that match go on; null if there are no more
     */
    private record Chosen(
            List<UUID> ids,
            List<StoredDeadLetter> found,
            @Nullable UUID next) {

        /** The ids of those that are there, as far as ids tell; {@link Round#replay} does not rely on it. */
        List<UUID> oldestFirst() {
            return found.stream().map(StoredDeadLetter::id).sorted().toList();
        }

        Collection<List<StoredDeadLetter>> sequences() {
            return found.stream()
                    .collect(Collectors.groupingBy(
                            letter -> List.of(
                                    letter.raw().topic(),
                                    // one without a key is a sequence by itself
                                    Optional.<Object>ofNullable(letter.raw().key())
                                            .orElse(letter.id())),
                            LinkedHashMap::new,
                            Collectors.toList()))
                    .values();
        }
    }

    private Chosen choose(Selection selection) {
        if (selection.filter() == null) {
            List<UUID> ids = List.copyOf(new LinkedHashSet<>(selection.ids() == null ? List.of() : selection.ids()));
            return new Chosen(ids, letters.find(ids), null);
        }
        List<StoredDeadLetter> matching = letters.page(selection.filter(), selection.after(), selection.size() + 1);
        List<StoredDeadLetter> page = matching.subList(0, Math.min(selection.size(), matching.size()));
        return new Chosen(
                page.stream().map(StoredDeadLetter::id).toList(),
                page,
                matching.size() > selection.size() ? page.getLast().id() : null);
    }

    /** One call, and what came of it so far. */
    private final class Round {

        private final List<UUID> ids;
        private final Set<UUID> open;
        private final Map<UUID, Result> results = new HashMap<>();
        private int handled;
        private @Nullable String interruption;

        Round(List<UUID> ids) {
            this.ids = ids;
            this.open = new HashSet<>(ids);
        }

        /** Ends early if what failed passes by itself: it would fail for the next letter as well, each time after a wait. */
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
            if (!open.contains(id)) {
                return;
            }
            OperationResult outcome = operations.replay(id);
            // the order of a sequence is known to its letters alone
            while (outcome instanceof OperationResult.NotTheOldest(UUID oldest)
                    && open.contains(oldest)
                    && !oldest.equals(id)) {
                replay(oldest);
                if (!open.contains(id)) {
                    return;
                }
                outcome = operations.replay(id);
            }
            switch (outcome) {
                case OperationResult.Done(List<UUID> tookEffect) -> {
                    handled += tookEffect.size();
                    tookEffect.stream()
                            .filter(open::contains)
                            .toList()
                            .forEach(each -> end(each, LetterOutcome.DONE, null, null));
                }
                case OperationResult.NotFound() -> end(id, LetterOutcome.NOT_FOUND, null, null);
                case OperationResult.NotTheOldest(UUID oldest) -> end(id, LetterOutcome.NOT_THE_OLDEST, oldest, null);
                case OperationResult.FailedAgain(String cause) -> end(id, LetterOutcome.FAILED_AGAIN, null, cause);
            }
        }

        void discard(List<StoredDeadLetter> sequence) {
            DeadLetterOperations.Discarded discarded = operations.discard(sequence);
            discarded.letters().forEach(id -> end(id, LetterOutcome.DONE, null, null));
            handled += discarded.tookEffect();
        }

        private void end(UUID id, LetterOutcome fate, @Nullable UUID oldest, @Nullable String cause) {
            open.remove(id);
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
