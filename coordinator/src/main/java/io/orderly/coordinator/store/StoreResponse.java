package io.orderly.coordinator.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response to a command, or to an operation of a transaction. */
public sealed interface StoreResponse {

    /**
     * The revision of the map after the command; in a transaction, after the operation. A read at an older revision returns the newest one.
     */
    long revision();

    /** @param previous null if it was not requested, or there was none */
    record Put(long revision, @Nullable KeyValue previous) implements StoreResponse {}

    /**
     * @param deleted the number of deleted keys
     * @param previous empty if they were not requested
     */
    record DeleteRange(long revision, long deleted, List<KeyValue> previous) implements StoreResponse {}

    /**
     * @param keyValues in the requested order
     * @param more whether the limit removed some
     * @param count of all keys in the range, before filters and limit
     */
    record Range(long revision, List<KeyValue> keyValues, boolean more, long count) implements StoreResponse {}

    /**
     * @param succeeded whether the compares held
     * @param answers one for each operation of the list that was executed
     */
    record Txn(long revision, boolean succeeded, List<StoreResponse> answers) implements StoreResponse {}

    record LeaseGranted(long revision, long id, long ttlMillis) implements StoreResponse {}

    /** @param leases the existing ones of the requested leases, with their times to live */
    record LeasesKeptAlive(long revision, List<Renewed> leases) implements StoreResponse {

        /** A lease that was renewed to its full time. */
        public record Renewed(long id, long ttlMillis) {}
    }

    /**
     * @param previous the bound before the command
     * @param bound the bound after the command; higher if the command raised it
     */
    record TimestampBound(long revision, long previous, long bound) implements StoreResponse {}

    /** The response to other commands. */
    record Done(long revision) implements StoreResponse {}

    /** A repeated command of a session took effect before, but its response was too large to be kept. */
    record ResponseNotKept(long revision) implements StoreResponse {}

    /** The command has had no effect, neither this time nor, if it is one of a session, before. */
    record Refused(long revision, StoreRefusal refusal) implements StoreResponse {}
}
