package io.orderly.coordinator.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response to a command, or to an operation of a transaction. */
public sealed interface StoreResponse {

    /** Of the map after the command; in a transaction, after the operation. A read at an older revision tells the newest one. */
    long revision();

    /** @param previous null if it was not asked for, or there was none */
    record Put(long revision, @Nullable KeyValue previous) implements StoreResponse {}

    /**
     * @param deleted how many keys
     * @param previous empty if they were not asked for
     */
    record DeleteRange(long revision, long deleted, List<KeyValue> previous) implements StoreResponse {}

    /**
     * @param keyValues in the order that was asked for
     * @param more whether the limit cut some off
     * @param count of all keys in the range, before filters and limit
     */
    record Range(long revision, List<KeyValue> keyValues, boolean more, long count) implements StoreResponse {}

    /**
     * @param succeeded whether the compares held
     * @param answers one for each operation of the list that was executed
     */
    record Txn(long revision, boolean succeeded, List<StoreResponse> answers) implements StoreResponse {}

    record LeaseGranted(long revision, long id, long ttlMillis) implements StoreResponse {}

    /** @param leases those that were there, with the time that each is promised */
    record LeasesKeptAlive(long revision, List<Renewed> leases) implements StoreResponse {

        /** A lease with all of its time ahead. */
        public record Renewed(long id, long ttlMillis) {}
    }

    /**
     * @param previous the one that held before
     * @param bound the one that holds now; higher if the command raised it
     */
    record TimestampBound(long revision, long previous, long bound) implements StoreResponse {}

    /** The response to other commands. */
    record Done(long revision) implements StoreResponse {}

    /** A repeated command of a session took effect before, but its response was too large to be kept. */
    record ResponseNotKept(long revision) implements StoreResponse {}

    /** The command has had no effect, neither this time nor, if it is one of a session, before. */
    record Refused(long revision, StoreRefusal refusal) implements StoreResponse {}
}
