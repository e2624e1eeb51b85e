package io.orderly.coordinator.store;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A read-only view of the state. */
public interface StoreView {

    /** The newest revision; 1 before anything was written. */
    long revision();

    /** The least revision that can be read, and from which on there is a history; 0 before the first compaction. */
    long compactedRevision();

    /** @return a {@link StoreResponse.Range}, or {@link StoreResponse.Refused} */
    StoreResponse range(Operation.Range range);

    /** One key as it is now; null if it is not there. */
    @Nullable KeyValue get(Bytes key);

    /**
     * The revisions since one, without gaps, up to the newest.
     *
     * @param from the first revision wanted; that after the newest, or a later one, gives none
     * @throws CompactedException if that is below {@link #compactedRevision()}
     */
    Iterator<Revision> history(long from);

    Optional<Lease> lease(long id);

    /** By id. */
    Iterator<Lease> leases();

    /** Whether a session is open. */
    boolean hasSession(long lease);

    /**
     * All keys as they were at a revision, in order.
     *
     * @param revision up to the newest
     * @throws CompactedException if it is below {@link #compactedRevision()}
     */
    Iterator<KeyValue> keyValues(long revision);

    /** Whether the memory of all that is compacted is free. It is freed in small parts, with each command. */
    boolean isSwept();

    /** The whole state in the format of a snapshot, part by part. */
    Iterator<byte[]> snapshot();

    /** No timestamp above it was handed out. */
    long timestampBound();

    StoreLimits limits();

    /** By id. The same list as long as nothing of it has changed. */
    List<MemberDescription> members();

    /** What {@link StoreLimits#maxBytes()} limits. */
    long sizeInBytes();

    /** Equal states have equal hashes; different states almost certainly have different ones. */
    long hash();
}
