package io.orderly.coordinator.store;

/** An operation of a transaction, perhaps a nested transaction. */
public sealed interface Operation
        permits Operation.Range, StoreCommand.Put, StoreCommand.DeleteRange, StoreCommand.Txn {

    /** A read. In a transaction it sees the earlier writes of the transaction, unless it names a revision. */
    record Range(KeyRange keys, RangeOptions options) implements Operation {

        /** One key, at the newest revision. */
        public static Range of(Bytes key) {
            return new Range(KeyRange.of(key), RangeOptions.DEFAULTS);
        }

        /** A range, at the newest revision. */
        public static Range of(KeyRange keys) {
            return new Range(keys, RangeOptions.DEFAULTS);
        }
    }
}
