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
 * What is asked of the store. Each may be sent any number of times: it looks first whether there is anything left to do. And each
 * looks, in the same transaction, whether the key is still there, which it is for as long as its lease lives.
 */
final class QueueCommands {

    private static final Sort LATEST_FIRST = new Sort(Sort.Field.CREATE_REVISION, true);

    private QueueCommands() {}

    /** Stands in line. Answered with the last two of the line; if a key of the same lease was there before, with that alone. */
    static StoreCommand.Txn join(QueueKey queueKey, Bytes value) {
        return new StoreCommand.Txn(
                List.of(Compare.isMissing(queueKey.ofLease())),
                List.of(StoreCommand.Put.of(queueKey.key(), value, queueKey.lease()), lastTwo(queueKey.line())),
                List.of(new Operation.Range(queueKey.ofLease(), RangeOptions.DEFAULTS)));
    }

    /** Takes over the key of an earlier attempt, if it is still there: any other attempt then finds it changed. */
    static StoreCommand.Txn rejoin(Bytes key, long token) {
        return new StoreCommand.Txn(
                List.of(isStill(key, token)),
                List.of(new StoreCommand.Put(key, Bytes.EMPTY, 0, true, true, false)),
                List.of());
    }

    /** Asks who is right before. Fails if the key is gone. */
    static StoreCommand.Txn predecessor(QueueKey queueKey, Bytes key, long token) {
        RangeOptions before = new RangeOptions(
                0,
                1,
                LATEST_FIRST,
                RangeOptions.Detail.KEYS,
                RangeOptions.Bounds.NONE,
                new RangeOptions.Bounds(0, token - 1));
        return new StoreCommand.Txn(
                List.of(isStill(key, token)), List.of(new Operation.Range(queueKey.line(), before)), List.of());
    }

    /** Changes the value, unless it was changed since a revision; then it is answered with the key as it is. */
    static StoreCommand.Txn publish(Bytes key, Bytes value, long modRevision) {
        return new StoreCommand.Txn(
                List.of(Compare.isUnchangedSince(key, modRevision)),
                List.of(new StoreCommand.Put(key, value, 0, false, true, false)),
                List.of(Operation.Range.of(key)));
    }

    /** Gives up the place, unless a later attempt has taken it over. */
    static StoreCommand.Txn leave(Bytes key, long modRevision) {
        return new StoreCommand.Txn(
                List.of(Compare.isUnchangedSince(key, modRevision)),
                List.of(StoreCommand.DeleteRange.of(key)),
                List.of());
    }

    private static Operation lastTwo(KeyRange line) {
        return new Operation.Range(
                line, RangeOptions.DEFAULTS.withLimit(2).withSort(LATEST_FIRST).withDetail(RangeOptions.Detail.KEYS));
    }

    private static Compare isStill(Bytes key, long token) {
        return new Compare(KeyRange.of(key), Compare.Relation.EQUAL, new Compare.Operand.CreateRevision(token));
    }
}
