package io.orderly.coordinator.store;

import io.orderly.coordinator.store.RangeOptions.Detail;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Executes reads. */
final class RangeReader {

    private final Keyspace keyspace;
    private final LongConsumer steps;

    /** @param steps called with the steps of each part before or after it is executed; it may throw to end the read */
    RangeReader(Keyspace keyspace, LongConsumer steps) {
        this.keyspace = keyspace;
        this.steps = steps;
    }

    /** @param range a range whose revision can be read */
    StoreResponse.Range read(Operation.Range range) {
        RangeOptions options = range.options();
        var result = new Result(options);
        forEach(range.keys(), history -> {
            KeyValue one = options.revision() == 0 ? history.newest() : history.at(options.revision());
            if (one != null && !one.isTombstone()) {
                result.add(one);
            }
        });
        if (!options.sort().equals(Sort.BY_KEY)) {
            steps.accept(Work.ofSorting(result.found.size()));
        }
        return result.answer(keyspace.revisionInProgress());
    }

    /** Whether a comparison holds for each key of its range. */
    boolean holds(Compare compare) {
        List<KeyValue> found = new ArrayList<>();
        forEachPresent(compare.keys(), found::add);
        if (found.isEmpty()) {
            return !(compare.operand() instanceof Compare.Operand.Value)
                    && compare.holdsFor(KeyValue.tombstone(compare.keys().first(), 0));
        }
        return found.stream().allMatch(compare::holdsFor);
    }

    /** The existing keys, in order. */
    List<Bytes> keys(KeyRange range) {
        List<Bytes> found = new ArrayList<>();
        forEachPresent(range, one -> found.add(one.key()));
        return found;
    }

    private void forEachPresent(KeyRange range, Consumer<KeyValue> action) {
        forEach(range, history -> {
            if (!history.newest().isTombstone()) {
                action.accept(history.newest());
            }
        });
    }

    private void forEach(KeyRange range, Consumer<KeyHistory> action) {
        if (range.isSingle()) {
            steps.accept(1);
            KeyHistory only = keyspace.history(range.first());
            if (only != null) {
                action.accept(only);
            }
            return;
        }
        for (Iterator<KeyHistory> rest = keyspace.historiesFrom(range.first()); rest.hasNext(); ) {
            KeyHistory next = rest.next();
            if (!range.isBeforeEnd(next.key())) {
                return;
            }
            steps.accept(1);
            action.accept(next);
        }
    }

    /** Counts the keys of a range, with those that are deleted but not compacted. */
    long count(KeyRange range) {
        long[] count = new long[1];
        forEach(range, _ -> count[0]++);
        return count[0];
    }

    private static final class Result {

        private final RangeOptions options;
        private final List<KeyValue> found = new ArrayList<>();
        private final boolean cutsLast;
        private final long atMost;
        private long count;

        Result(RangeOptions options) {
            this.options = options;
            cutsLast = options.isFiltered() || !options.sort().equals(Sort.BY_KEY);
            atMost = options.limit() == 0 ? Long.MAX_VALUE : options.limit();
        }

        void add(KeyValue one) {
            count++;
            if (options.detail() != Detail.COUNT && (cutsLast ? options.admit(one) : found.size() < atMost)) {
                found.add(one);
            }
        }

        StoreResponse.Range answer(long revision) {
            if (options.detail() == Detail.COUNT) {
                return new StoreResponse.Range(revision, List.of(), false, count);
            }
            if (cutsLast) {
                found.sort(options.sort().order());
            }
            boolean more = cutsLast ? found.size() > atMost : count > atMost;
            List<KeyValue> told = found.size() > atMost ? found.subList(0, (int) atMost) : found;
            if (options.detail() == Detail.KEYS) {
                told.replaceAll(KeyValue::withoutValue);
            }
            return new StoreResponse.Range(revision, List.copyOf(told), more, count);
        }
    }
}
