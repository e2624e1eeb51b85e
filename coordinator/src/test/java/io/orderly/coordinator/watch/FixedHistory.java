package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.Lease;
import io.orderly.coordinator.store.MemberDescription;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.Revision;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreLimits;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A list of revisions, the first of which is number 2, and the revision up to which they are compacted. */
final class FixedHistory {

    private final List<Revision> revisions = new ArrayList<>();
    private long compacted;

    long revision() {
        return revisions.size() + 1;
    }

    long compactedRevision() {
        return compacted;
    }

    List<Revision> revisions() {
        return revisions;
    }

    Revision add(KeyEvent... events) {
        Revision next = new Revision(revision() + 1, List.of(events));
        revisions.add(next);
        return next;
    }

    void compact(long revision) {
        compacted = revision;
    }

    /** The next revision puts a key. */
    KeyEvent put(String key, String value) {
        KeyValue before = at(key);
        long number = revision() + 1;
        return new KeyEvent.Put(
                new KeyValue(
                        Bytes.utf8(key),
                        Bytes.utf8(value),
                        before == null ? number : before.createRevision(),
                        number,
                        before == null ? 1 : before.version() + 1,
                        0),
                before);
    }

    /** The next revision deletes a key. */
    KeyEvent delete(String key) {
        return new KeyEvent.Deleted(Bytes.utf8(key), revision() + 1, at(key));
    }

    @Nullable KeyValue at(String key) {
        for (Revision revision : revisions.reversed()) {
            for (KeyEvent event : revision.events()) {
                if (event.key().equals(Bytes.utf8(key))) {
                    return event instanceof KeyEvent.Put put ? put.current() : null;
                }
            }
        }
        return null;
    }

    StoreView now() {
        return at(revision());
    }

    /** The state at this revision, which may be older than revisions that were already added. */
    StoreView at(long newest) {
        return new View(newest, Math.min(compacted, newest), List.copyOf(revisions.subList(0, (int) newest - 1)));
    }

    private record View(long revision, long compactedRevision, List<Revision> revisions) implements StoreView {

        @Override
        public Iterator<Revision> history(long from) {
            if (from < compactedRevision) {
                throw new AssertionError("read a compacted revision: " + from);
            }
            return revisions.stream()
                    .filter(revision -> revision.number() >= from)
                    .iterator();
        }

        @Override
        public StoreResponse range(Operation.Range range) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoreResponse read(StoreCommand.Txn txn) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable KeyValue get(Bytes key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Lease> lease(long id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterator<Lease> leases() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasSession(long lease) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterator<KeyValue> keyValues(long revision) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSwept() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterator<byte[]> snapshot() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<MemberDescription> members() {
            throw new UnsupportedOperationException();
        }

        @Override
        public AuthState auth() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long timestampBound() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoreLimits limits() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long sizeInBytes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long hash() {
            throw new UnsupportedOperationException();
        }
    }
}
