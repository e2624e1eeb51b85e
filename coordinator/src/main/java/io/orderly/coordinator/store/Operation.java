package io.orderly.coordinator.store;

/** An operation of a transaction, perhaps a nested transaction. */
public sealed interface Operation
        permits Operation.Range, StoreCommand.Put, StoreCommand.DeleteRange, StoreCommand.Txn {

    /**
     * A read. In a transaction it sees what was written before it there, unless it asks for a revision.
     */
    record Range(KeyRange keys, RangeOptions options) implements Operation {

        /** One key, as it is now. */
        public static Range of(Bytes key) {
            return new Range(KeyRange.of(key), RangeOptions.DEFAULTS);
        }

        /** A range, as it is now. */
        public static Range of(KeyRange keys) {
            return new Range(keys, RangeOptions.DEFAULTS);
        }
    }
}
