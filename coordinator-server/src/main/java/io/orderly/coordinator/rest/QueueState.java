package io.orderly.coordinator.rest;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Operation.Range;
import io.orderly.coordinator.store.RangeOptions;
import io.orderly.coordinator.store.Sort;
import io.orderly.coordinator.store.StoreCommand;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the clients that wait for a lock or campaign in an election, as etcd stores them: {@code <name>/<lease>}. The one that was
 * created first holds the lock, or leads.
 *
 * @param keys by their creation
 */
record QueueState(List<KeyValue> keys) {

    static QueueState read(Answers answers, String name) {
        RangeOptions byCreation = RangeOptions.DEFAULTS.withSort(new Sort(Sort.Field.CREATE_REVISION, false));
        return new QueueState(answers.read(new Range(KeyRange.startingWith(Bytes.utf8(name + "/")), byCreation))
                .keyValues());
    }

    @Nullable KeyValue head() {
        return keys.isEmpty() ? null : keys.getFirst();
    }

    /** The number of clients behind the head. */
    int waiting() {
        return Math.max(0, keys.size() - 1);
    }

    Optional<KeyValue> ofLease(long lease) {
        return keys.stream().filter(one -> one.lease() == lease).findFirst();
    }

    /** Removes a client from the queue, unless its lease has joined again since. */
    static StoreCommand.Txn leave(KeyValue entry) {
        return new StoreCommand.Txn(
                List.of(new Compare(
                        KeyRange.of(entry.key()),
                        Compare.Relation.EQUAL,
                        new Compare.Operand.CreateRevision(entry.createRevision()))),
                List.of(StoreCommand.DeleteRange.of(entry.key())),
                List.of());
    }
}
