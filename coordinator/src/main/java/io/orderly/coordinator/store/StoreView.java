package io.orderly.coordinator.store;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A read-only view of the state. */
public interface StoreView {

    /** The newest revision; 1 before anything was written. */
    long revision();

    /** The lowest revision that can be read, and at which the history begins; 0 before the first compaction. */
    long compactedRevision();

    /** @return a {@link StoreResponse.Range}, or {@link StoreResponse.Refused} */
    StoreResponse range(Operation.Range range);

    /**
     * @param txn that {@linkplain StoreCommand.Txn#onlyReads() only reads}
     * @return a {@link StoreResponse.Txn}, or {@link StoreResponse.Refused}
     */
    StoreResponse read(StoreCommand.Txn txn);

    /** A key at the newest revision; null if it does not exist. */
    @Nullable KeyValue get(Bytes key);

    /**
     * The revisions since one, without gaps, up to the newest.
     *
     * @param from the first revision to return; if it is after the newest, there are none
     * @throws CompactedException if that is below {@link #compactedRevision()}
     */
    Iterator<Revision> history(long from);

    Optional<Lease> lease(long id);

    /** The leases, by id. */
    Iterator<Lease> leases();

    /** Whether a session is open. */
    boolean hasSession(long lease);

    /**
     * All keys at a revision, in order.
     *
     * @param revision up to the newest
     * @throws CompactedException if it is below {@link #compactedRevision()}
     */
    Iterator<KeyValue> keyValues(long revision);

    /** Whether the memory of all compacted versions is free. It is freed in small parts, with each command. */
    boolean isSwept();

    /** The whole state in the format of a snapshot, part by part. */
    Iterator<byte[]> snapshot();

    /** No timestamp above it was returned. */
    long timestampBound();

    StoreLimits limits();

    /** The descriptions of the members, by id. The same list until one of them changes. */
    List<MemberDescription> members();

    /** Users, roles and their permissions. */
    AuthState auth();

    /** The size that {@link StoreLimits#maxBytes()} limits. */
    long sizeInBytes();

    /** Equal states have equal hashes; different states almost certainly have different ones. */
    long hash();
}
