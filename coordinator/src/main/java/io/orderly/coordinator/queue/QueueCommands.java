package io.orderly.coordinator.queue;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.RangeOptions;
import io.orderly.coordinator.store.Sort;
import io.orderly.coordinator.store.StoreCommand;
import java.util.List;

/**
 * The transactions of a queue. Each is idempotent: it first compares whether there is anything left to do. Each also compares, in
 * the same transaction, whether the key still exists, which it does while its lease lives.
 */
final class QueueCommands {

    private static final Sort LATEST_FIRST = new Sort(Sort.Field.CREATE_REVISION, true);

    private QueueCommands() {}

    /** Joins the queue. The response has the last two keys of the queue; if a key of the same lease was there, that alone. */
    static StoreCommand.Txn join(QueueKey queueKey, Bytes value) {
        return new StoreCommand.Txn(
                List.of(Compare.isMissing(queueKey.ofLease())),
                List.of(StoreCommand.Put.of(queueKey.key(), value, queueKey.lease()), lastTwo(queueKey.queue())),
                List.of(new Operation.Range(queueKey.ofLease(), RangeOptions.DEFAULTS)));
    }

    /** Takes over the key of an earlier attempt, if it still exists: the other attempt then finds it changed. */
    static StoreCommand.Txn rejoin(Bytes key, long token) {
        return new StoreCommand.Txn(
                List.of(isStill(key, token)),
                List.of(new StoreCommand.Put(key, Bytes.EMPTY, 0, true, true, false)),
                List.of());
    }

    /** Reads the predecessor. Fails if the own key is gone. */
    static StoreCommand.Txn predecessor(QueueKey queueKey, Bytes key, long token) {
        RangeOptions before = new RangeOptions(
                0,
                1,
                LATEST_FIRST,
                RangeOptions.Detail.KEYS,
                RangeOptions.Bounds.NONE,
                new RangeOptions.Bounds(0, token - 1));
        return new StoreCommand.Txn(
                List.of(isStill(key, token)), List.of(new Operation.Range(queueKey.queue(), before)), List.of());
    }

    /** Changes the value, unless it was changed since a revision; then the response has the current key. */
    static StoreCommand.Txn publish(Bytes key, Bytes value, long modRevision) {
        return new StoreCommand.Txn(
                List.of(Compare.isUnchangedSince(key, modRevision)),
                List.of(new StoreCommand.Put(key, value, 0, false, true, false)),
                List.of(Operation.Range.of(key)));
    }

    /** Deletes the key, unless a later attempt has taken it over. */
    static StoreCommand.Txn leave(Bytes key, long modRevision) {
        return new StoreCommand.Txn(
                List.of(Compare.isUnchangedSince(key, modRevision)),
                List.of(StoreCommand.DeleteRange.of(key)),
                List.of());
    }

    private static Operation lastTwo(KeyRange queue) {
        return new Operation.Range(
                queue, RangeOptions.DEFAULTS.withLimit(2).withSort(LATEST_FIRST).withDetail(RangeOptions.Detail.KEYS));
    }

    private static Compare isStill(Bytes key, long token) {
        return new Compare(KeyRange.of(key), Compare.Relation.EQUAL, new Compare.Operand.CreateRevision(token));
    }
}
