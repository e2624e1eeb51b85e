package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Ballot;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The replicated state. */
final class StoreState implements StoreView {

    final Keyspace keyspace;
    final Leases leases;
    final Sessions sessions;
    long timestampBound;
    StoreLimits limits;
    MemberDescriptions members = MemberDescriptions.NONE;
    AuthState auth = AuthState.INITIAL;

    StoreState(Keyspace keyspace, Leases leases, Sessions sessions, long timestampBound, StoreLimits limits) {
        this.keyspace = keyspace;
        this.leases = leases;
        this.sessions = sessions;
        this.timestampBound = timestampBound;
        this.limits = limits;
    }

    static StoreState initial(StoreLimits limits) {
        return new StoreState(new Keyspace(), new Leases(Ballot.ZERO), new Sessions(), 0, limits);
    }

    /** @return an immutable copy */
    StoreState copy() {
        var copy = new StoreState(keyspace.copy(), leases.copy(), sessions.copy(), timestampBound, limits);
        copy.members = members;
        copy.auth = auth;
        return copy;
    }

    @Override
    public long revision() {
        return keyspace.revision();
    }

    @Override
    public long compactedRevision() {
        return keyspace.compacted();
    }

    @Override
    public StoreResponse range(Operation.Range range) {
        return rangeWithin(range, Work.MAX_STEPS)
                .orElseGet(() -> new StoreResponse.Refused(revision(), new StoreRefusal.TooMuchWork(Work.MAX_STEPS)));
    }

    /** @return empty if it would take more steps */
    Optional<StoreResponse> rangeWithin(Operation.Range range, long maxSteps) {
        StoreRefusal refusal = keyspace.refusalOf(range.options());
        if (refusal != null) {
            return Optional.of(new StoreResponse.Refused(revision(), refusal));
        }
        try {
            return Optional.of(new RangeReader(keyspace, new Work(maxSteps)::spend).read(range));
        } catch (Work.LimitExceeded _) {
            return Optional.empty();
        }
    }

    @Override
    public StoreResponse read(StoreCommand.Txn txn) {
        return readWithin(txn, Work.MAX_STEPS)
                .orElseGet(() -> new StoreResponse.Refused(revision(), new StoreRefusal.TooMuchWork(Work.MAX_STEPS)));
    }

    /** @return empty if it would take more steps */
    Optional<StoreResponse> readWithin(StoreCommand.Txn txn, long maxSteps) {
        if (!txn.onlyReads()) {
            throw new IllegalArgumentException("it writes: " + txn);
        }
        return new KeyspaceWriter(keyspace, leases).executeWithin(txn, limits, maxSteps);
    }

    @Override
    public @Nullable KeyValue get(Bytes key) {
        return keyspace.get(key);
    }

    @Override
    public Iterator<Revision> history(long from) {
        if (from < compactedRevision()) {
            throw new CompactedException(compactedRevision());
        }
        return keyspace.history().from(Math.max(from, keyspace.history().first()));
    }

    @Override
    public Optional<Lease> lease(long id) {
        return Optional.ofNullable(leases.get(id));
    }

    @Override
    public Iterator<Lease> leases() {
        return leases.all();
    }

    @Override
    public boolean hasSession(long lease) {
        return sessions.get(lease) != null;
    }

    @Override
    public Iterator<KeyValue> keyValues(long revision) {
        if (revision < compactedRevision()) {
            throw new CompactedException(compactedRevision());
        }
        Stream<KeyHistory> histories = StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(keyspace.histories(), Spliterator.ORDERED), false);
        return histories
                .map(history -> history.at(revision))
                .filter(version -> version != null && !version.isTombstone())
                .iterator();
    }

    @Override
    public boolean isSwept() {
        return keyspace.isSwept();
    }

    @Override
    public Iterator<byte[]> snapshot() {
        return new SnapshotEncoder(copy());
    }

    @Override
    public long timestampBound() {
        return timestampBound;
    }

    @Override
    public StoreLimits limits() {
        return limits;
    }

    @Override
    public List<MemberDescription> members() {
        return members.all();
    }

    @Override
    public AuthState auth() {
        return auth;
    }

    @Override
    public long sizeInBytes() {
        return keyspace.sizeInBytes();
    }

    @Override
    public long hash() {
        return keyspace.hash()
                + leases.hash()
                + sessions.hash()
                + members.hash()
                + auth.hash()
                + new Digest(Digest.Kind.SCALARS)
                        .with(keyspace.revision())
                        .with(keyspace.compacted())
                        .with(keyspace.swept())
                        .with(timestampBound)
                        .with(leases.clock().round())
                        .with(leases.clock().node())
                        .with(limits.digest())
                        .value();
    }
}
