package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Ballot;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a state of what a {@link SnapshotEncoder} wrote, and believes it only if its hash is right. */
final class SnapshotDecoder {

    private static final int MAX_ITEM_BYTES = 1 << 30;

    private final InputStream source;
    private Decoder item = new Decoder(new byte[0]);
    private SnapshotItem kind = SnapshotItem.SCALARS;

    private SnapshotDecoder(InputStream source) {
        this.source = source;
    }

    /** @throws IOException if it cannot be read or is not what was written */
    static State read(InputStream source) throws IOException {
        try {
            return new SnapshotDecoder(source).state();
        } catch (IllegalArgumentException | IllegalStateException | MalformedException e) {
            throw new IOException("no snapshot of a store: " + e.getMessage(), e);
        }
    }

    private State state() throws IOException {
        next();
        expect(SnapshotItem.SCALARS);
        int version = item.octet();
        if (version > SnapshotItem.VERSION) {
            throw new NewerFormatException("a snapshot", version, SnapshotItem.VERSION);
        }
        if (version < 1) {
            throw new MalformedException("version " + version);
        }
        long firstKept = item.number();
        long revision = item.number();
        Keyspace keyspace = new Keyspace(firstKept, item.number(), item.number());
        long timestampBound = item.fixed();
        Leases leases = new Leases(readClock());
        State state = new State(keyspace, leases, new Sessions(), timestampBound, Parts.readLimits(item));
        item.end();
        next();
        readKeys(keyspace);
        readRevisions(keyspace);
        if (keyspace.revision() != revision) {
            throw new MalformedException("it ends at revision %d of %d".formatted(keyspace.revision(), revision));
        }
        attachKeys(state);
        readLeases(leases);
        readSessions(state.sessions);
        expect(SnapshotItem.END);
        long hash = item.fixed();
        item.end();
        if (hash != state.hash() || source.read() >= 0) {
            throw new MalformedException("its hash is not that of its content, or there is more");
        }
        return state;
    }

    private Ballot readClock() {
        return CommandCodec.readBallot(item);
    }

    private void readKeys(Keyspace keyspace) throws IOException {
        @Nullable Bytes before = null;
        for (; kind == SnapshotItem.KEY; next()) {
            KeyValue one = Parts.readKeyValue(item);
            item.end();
            if (one.isTombstone() || before != null && before.compareTo(one.key()) >= 0) {
                throw new MalformedException("key %s is out of order".formatted(one.key()));
            }
            keyspace.load(one);
            before = one.key();
        }
    }

    private void readRevisions(Keyspace keyspace) throws IOException {
        while (kind == SnapshotItem.REVISION) {
            long number = item.number();
            long count = item.number();
            item.end();
            next();
            List<KeyEvent> events = new ArrayList<>();
            for (; kind == SnapshotItem.PUT || kind == SnapshotItem.DELETED; next()) {
                events.add(readEvent(number));
            }
            if (number != keyspace.revision() + 1 || events.isEmpty() || events.size() != count) {
                throw new MalformedException(
                        "revision %d of %d events is not what comes next".formatted(number, events.size()));
            }
            if (number == keyspace.swept()) {
                keyspace.loadOldest(new Revision(number, events));
            } else {
                keyspace.replay(new Revision(number, events));
            }
        }
    }

    private KeyEvent readEvent(long revision) {
        Bytes key = item.bytes();
        KeyEvent event = kind == SnapshotItem.DELETED
                ? new KeyEvent.Deleted(key, revision, null)
                : new KeyEvent.Put(new KeyValue(key, item.bytes(), 0, revision, 1, item.fixed()), null);
        item.end();
        return event;
    }

    private static void attachKeys(State state) {
        for (var keys = state.keyspace.histories(); keys.hasNext(); ) {
            KeyValue newest = keys.next().newest();
            state.leases.move(newest.key(), 0, newest.lease());
        }
    }

    private void readLeases(Leases leases) throws IOException {
        for (; kind == SnapshotItem.LEASE; next()) {
            leases.put(new Lease(item.fixed(), item.number(), item.number()));
            item.end();
        }
    }

    private void readSessions(Sessions sessions) throws IOException {
        for (; kind == SnapshotItem.SESSION; next()) {
            long lease = item.fixed();
            long answeredBelow = item.number();
            if (answeredBelow < 1) {
                throw new MalformedException("a session without a first command");
            }
            Session session = Session.open(lease).forgetBelow(answeredBelow);
            long count = item.number();
            for (long i = 0, last = 0; i < count; i++) {
                long sequence = item.number();
                if (sequence <= last) {
                    throw new MalformedException("command %d of a session after %d".formatted(sequence, last));
                }
                session = session.with(sequence, item.byteArray());
                last = sequence;
            }
            item.end();
            sessions.add(session);
        }
    }

    private void expect(SnapshotItem wanted) {
        if (kind != wanted) {
            throw new MalformedException("%s where %s should be".formatted(kind, wanted));
        }
    }

    private void next() throws IOException {
        long length = 0;
        int octet;
        int shift = 0;
        do {
            octet = source.read();
            if (octet < 0 || shift > 28) {
                throw new MalformedException("it ends too soon");
            }
            length |= (long) (octet & 0x7f) << shift;
            shift += 7;
        } while (octet >= 0x80);
        if (length > MAX_ITEM_BYTES) {
            throw new MalformedException("an item of %d bytes".formatted(length));
        }
        byte[] bytes = source.readNBytes((int) length);
        if (bytes.length < length) {
            throw new MalformedException("it ends too soon");
        }
        item = new Decoder(bytes);
        kind = Parts.readEnum(item, SnapshotItem.values());
    }
}
