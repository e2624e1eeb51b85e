package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.RangeOptions;
import io.orderly.coordinator.store.Sort;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The multi-version map as one would write it without a thought of speed: every revision is a map of its own. */
final class KeyspaceModel {

    private final NavigableMap<Long, Map<Bytes, KeyValue>> revisions = new TreeMap<>(Map.of(1L, Map.of()));

    /** Of the command under way. */
    private TreeMap<Bytes, KeyValue> state = new TreeMap<>();

    private List<KeyEvent> events = new ArrayList<>();

    long revision() {
        return revisions.lastKey();
    }

    /** The keys as a revision left them, in order. */
    List<KeyValue> at(long revision, KeyRange range) {
        return revisions.get(revision).values().stream()
                .filter(one -> range.contains(one.key()))
                .toList();
    }

    @Nullable KeyValue at(long revision, Bytes key) {
        return revisions.get(revision).get(key);
    }

    /** What an operation would do now. Nothing is done until {@link #commit}. */
    Object execute(Operation operation) {
        begin();
        return perform(operation);
    }

    /** What the end of leases would do now: the keys that are attached to them go. */
    List<KeyEvent> end(List<Long> leases) {
        begin();
        for (KeyValue one : List.copyOf(state.values())) {
            if (one.lease() != 0 && leases.contains(one.lease())) {
                delete(one.key());
            }
        }
        return events();
    }

    /** What the command under way does to keys, in order. */
    List<KeyEvent> events() {
        return Collections.unmodifiableList(events);
    }

    /** The command under way has made a revision. */
    void commit() {
        revisions.put(revision() + 1, Collections.unmodifiableMap(new TreeMap<>(state)));
    }

    private void begin() {
        state = new TreeMap<>(revisions.lastEntry().getValue());
        events = new ArrayList<>();
    }

    private Object perform(Operation operation) {
        return switch (operation) {
            case Operation.Range range -> read(range);
            case StoreCommand.Put put -> {
                KeyValue previous = put(put);
                yield put.returnPrevious() ? optional(previous) : List.of();
            }
            case StoreCommand.DeleteRange delete -> {
                List<KeyValue> gone = state.values().stream()
                        .filter(one -> delete.keys().contains(one.key()))
                        .toList();
                gone.forEach(one -> delete(one.key()));
                yield delete.returnPrevious() ? gone : (long) gone.size();
            }
            case StoreCommand.Txn txn -> {
                boolean holds = txn.compares().stream().allMatch(this::holds);
                List<Object> told = new ArrayList<>(List.of(holds));
                (holds ? txn.then() : txn.otherwise()).forEach(one -> told.add(perform(one)));
                yield told;
            }
        };
    }

    private List<KeyValue> read(Operation.Range range) {
        RangeOptions options = range.options();
        Map<Bytes, KeyValue> map = options.revision() == 0 ? state : revisions.get(options.revision());
        Stream<KeyValue> found = map.values().stream()
                .filter(one -> range.keys().contains(one.key()))
                .filter(one -> isWithin(one.createRevision(), options.createRevisions()))
                .filter(one -> isWithin(one.modRevision(), options.modRevisions()));
        if (options.sort().field() == Sort.Field.CREATE_REVISION) {
            Comparator<KeyValue> order = Comparator.comparingLong(KeyValue::createRevision);
            found = found.sorted(options.sort().descending() ? order.reversed() : order);
        }
        if (options.limit() > 0) {
            found = found.limit(options.limit());
        }
        if (options.detail() == RangeOptions.Detail.KEYS) {
            found = found.map(one -> new KeyValue(
                    one.key(), Bytes.EMPTY, one.createRevision(), one.modRevision(), one.version(), one.lease()));
        }
        return found.toList();
    }

    private static boolean isWithin(long revision, RangeOptions.Bounds bounds) {
        return revision >= bounds.min() && (bounds.max() == 0 || revision <= bounds.max());
    }

    /** An answer in the form in which {@link #execute} gives it. */
    static Object told(StoreResponse answer, Operation operation) {
        return switch (answer) {
            case StoreResponse.Range range -> range.keyValues();
            case StoreResponse.Put put -> optional(put.previous());
            case StoreResponse.DeleteRange delete ->
                ((StoreCommand.DeleteRange) operation).returnPrevious() ? delete.previous() : delete.deleted();
            case StoreResponse.Txn txn -> {
                StoreCommand.Txn asked = (StoreCommand.Txn) operation;
                List<Operation> operations = txn.succeeded() ? asked.then() : asked.otherwise();
                List<Object> told = new ArrayList<>(List.of(txn.succeeded()));
                for (int i = 0; i < operations.size(); i++) {
                    told.add(told(txn.answers().get(i), operations.get(i)));
                }
                yield told;
            }
            default -> throw new IllegalArgumentException(answer.toString());
        };
    }

    private static List<KeyValue> optional(@Nullable KeyValue one) {
        return one == null ? List.of() : List.of(one);
    }

    private @Nullable KeyValue put(StoreCommand.Put put) {
        KeyValue previous = state.get(put.key());
        long next = revision() + 1;
        KeyValue current = new KeyValue(
                put.key(),
                put.value(),
                previous == null ? next : previous.createRevision(),
                next,
                previous == null ? 1 : previous.version() + 1,
                put.lease());
        state.put(put.key(), current);
        events.add(new KeyEvent.Put(current, previous));
        return previous;
    }

    private void delete(Bytes key) {
        events.add(new KeyEvent.Deleted(key, revision() + 1, state.remove(key)));
    }

    private boolean holds(Compare compare) {
        Bytes key = compare.keys().first();
        KeyValue one = state.get(key);
        int order = switch (compare.operand()) {
            case Compare.Operand.Version(long version) -> Long.compare(one == null ? 0 : one.version(), version);
            case Compare.Operand.CreateRevision(long revision) ->
                Long.compare(one == null ? 0 : one.createRevision(), revision);
            case Compare.Operand.ModRevision(long revision) ->
                Long.compare(one == null ? 0 : one.modRevision(), revision);
            case Compare.Operand.Lease(long lease) -> Long.compare(one == null ? 0 : one.lease(), lease);
            case Compare.Operand.Value(Bytes value) -> {
                if (one == null) {
                    yield Integer.MIN_VALUE;
                }
                yield one.value().compareTo(value);
            }
        };
        if (order == Integer.MIN_VALUE) {
            return false;
        }
        return switch (compare.relation()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case GREATER -> order > 0;
            case LESS -> order < 0;
        };
    }
}
