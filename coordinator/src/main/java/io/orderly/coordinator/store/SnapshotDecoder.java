package io.orderly.coordinator.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the output of a {@link SnapshotEncoder}, and accepts the state only if its hash is right. It works in turns, so that a large
 * state does not block the calling thread for long.
 */
final class SnapshotDecoder {

    private static final int MAX_ITEM_BYTES = 1 << 30;

    /** The maximum number of items and bytes of one turn. */
    private static final int ITEMS_PER_TURN = 4_096;

    private static final int BYTES_PER_TURN = 1 << 20;

    private final InputStream source;
    private Decoder item = new Decoder(new byte[0]);
    private SnapshotItem kind = SnapshotItem.SCALARS;

    /** The next item, which was read and not processed yet. */
    private boolean isWaiting;

    private int version;
    private long bytesRead;
    private @Nullable StoreState state;
    private long lastRevision;
    private @Nullable Bytes lastKey;
    private @Nullable OpenRevision open;

    /** The keys by lease; null until all keys are loaded. */
    private @Nullable Iterator<KeyHistory> unattached;

    /** Without its users and roles; null if there is nothing of them. */
    private @Nullable AuthState auth;

    private final List<User> users = new ArrayList<>();
    private final List<Role> roles = new ArrayList<>();

    /** A revision whose events are being read. */
    private record OpenRevision(long number, long count, List<KeyEvent> events) {}

    SnapshotDecoder(InputStream source) {
        this.source = source;
    }

    /**
     * Continues for a turn.
     *
     * @return the state; null if it is not complete yet
     * @throws IOException if it cannot be read or is corrupt
     */
    @Nullable StoreState step() throws IOException {
        try {
            long end = bytesRead + BYTES_PER_TURN;
            for (int items = 0; items < ITEMS_PER_TURN && bytesRead < end; items++) {
                if (unattached != null && unattached.hasNext()) {
                    KeyValue newest = unattached.next().newest();
                    state().leases.move(newest.key(), 0, newest.lease());
                } else if (takeNext()) {
                    return state();
                }
            }
            return null;
        } catch (IllegalArgumentException | IllegalStateException | MalformedException e) {
            throw new IOException("no snapshot of a store: " + e.getMessage(), e);
        }
    }

    private StoreState state() {
        if (state == null) {
            throw new MalformedException("%s where %s should be".formatted(kind, SnapshotItem.SCALARS));
        }
        return state;
    }

    /** @return whether that was the last item */
    private boolean takeNext() throws IOException {
        if (!isWaiting) {
            SnapshotItem before = kind;
            next();
            boolean isEvent = kind == SnapshotItem.PUT || kind == SnapshotItem.DELETED;
            if (!isEvent && kind != SnapshotItem.REVISION && kind.compareTo(before) < 0) {
                throw new MalformedException("%s after %s".formatted(kind, before));
            }
        }
        isWaiting = false;
        switch (kind) {
            case SCALARS -> readScalars();
            case KEY -> readKey();
            case REVISION -> {
                endRevision();
                open = new OpenRevision(item.number(), item.number(), new ArrayList<>());
                item.end();
            }
            case PUT, DELETED -> readEvent();
            case LEASE, SESSION, MEMBER, AUTH, USER, ROLE, END -> {
                if (unattached == null) {
                    endHistory();
                    isWaiting = true;
                    return false;
                }
                return readRest();
            }
        }
        return false;
    }

    private boolean readRest() throws IOException {
        switch (kind) {
            case LEASE -> {
                state().leases.put(new Lease(item.fixed(), item.number(), item.number()));
                item.end();
            }
            case SESSION -> readSession();
            case MEMBER -> readMember();
            case AUTH -> readAuth();
            case USER -> {
                users.add(User.read(item));
                item.end();
            }
            case ROLE -> {
                roles.add(Role.read(item));
                item.end();
            }
            default -> {
                endAuth();
                long hash = item.fixed();
                item.end();
                if (version != SnapshotItem.versionOf(state()) || hash != state().hash() || source.read() >= 0) {
                    throw new MalformedException("its version or hash does not match its content, or bytes are left");
                }
                return true;
            }
        }
        return false;
    }

    private void readScalars() {
        if (state != null) {
            throw new MalformedException("it has two beginnings");
        }
        version = item.octet();
        if (version > SnapshotItem.VERSION) {
            throw new NewerFormatException("a snapshot", version, SnapshotItem.VERSION);
        }
        if (version < 1) {
            throw new MalformedException("version " + version);
        }
        long firstKept = item.number();
        lastRevision = item.number();
        Keyspace keyspace = new Keyspace(firstKept, item.number(), item.number());
        long timestampBound = item.fixed();
        Leases leases = new Leases(CommandCodec.readBallot(item));
        state = new StoreState(keyspace, leases, new Sessions(), timestampBound, CommonCodec.readLimits(item));
        item.end();
    }

    private void readKey() {
        KeyValue one = CommonCodec.readKeyValue(item);
        item.end();
        if (one.isTombstone() || lastKey != null && lastKey.compareTo(one.key()) >= 0) {
            throw new MalformedException("key %s is out of order".formatted(one.key()));
        }
        state().keyspace.load(one);
        lastKey = one.key();
    }

    /** The keys already contain the changes of the oldest revision; all later revisions are replayed, event by event. */
    private void readEvent() {
        OpenRevision revision = open;
        if (revision == null || revision.events.size() >= revision.count) {
            throw new MalformedException("an event without a revision");
        }
        KeyEvent event = readEvent(revision.number);
        revision.events.add(event);
        if (revision.number != state().keyspace.swept()) {
            state().keyspace.replay(event);
        }
    }

    private void endRevision() {
        Keyspace keyspace = state().keyspace;
        OpenRevision revision = open;
        open = null;
        if (revision == null) {
            return;
        }
        if (revision.number != keyspace.revision() + 1
                || revision.events.isEmpty()
                || revision.events.size() != revision.count) {
            throw new MalformedException(
                    "revision %d of %d events is not the next one".formatted(revision.number, revision.events.size()));
        }
        if (revision.number == keyspace.swept()) {
            keyspace.loadOldest(new Revision(revision.number, revision.events));
        } else {
            keyspace.commit();
        }
    }

    private void endHistory() {
        endRevision();
        Keyspace keyspace = state().keyspace;
        if (keyspace.revision() != lastRevision) {
            throw new MalformedException("it ends at revision %d of %d".formatted(keyspace.revision(), lastRevision));
        }
        unattached = keyspace.histories();
    }

    private KeyEvent readEvent(long revision) {
        Bytes key = item.bytes();
        KeyEvent event = kind == SnapshotItem.DELETED
                ? new KeyEvent.Deleted(key, revision, null)
                : new KeyEvent.Put(new KeyValue(key, item.bytes(), 0, revision, 1, item.fixed()), null);
        item.end();
        return event;
    }

    private void readSession() {
        long lease = item.fixed();
        long acknowledgedBelow = item.number();
        if (acknowledgedBelow < 1) {
            throw new MalformedException("a session without a first command");
        }
        Session session = Session.open(lease).forgetBelow(acknowledgedBelow);
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
        state().sessions.add(session);
    }

    private void readMember() {
        MemberDescription member = MemberDescription.read(item);
        item.end();
        MemberDescriptions before = state().members;
        if (before.has(member.id()) || before.all().size() >= MemberDescriptions.MAX_MEMBERS) {
            throw new MalformedException("member %s occurs twice, or exceeds the maximum".formatted(member.id()));
        }
        state().members = before.with(member);
    }

    private void readAuth() {
        if (auth != null) {
            throw new MalformedException("users and roles begin twice");
        }
        auth = new AuthState(item.flag(), item.number(), new Secret(item.bytes()), List.of(), List.of());
        item.end();
    }

    private void endAuth() {
        if (auth != null) {
            state().auth = new AuthState(auth.isEnabled(), auth.revision(), auth.tokenKey(), users, roles);
        }
    }

    private void next() throws IOException {
        long length = 0;
        int octet;
        int shift = 0;
        do {
            octet = source.read();
            if (octet < 0 || shift > 28) {
                throw new MalformedException("it ends too early");
            }
            length |= (long) (octet & 0x7f) << shift;
            shift += 7;
        } while (octet >= 0x80);
        if (length > MAX_ITEM_BYTES) {
            throw new MalformedException("an item of %d bytes".formatted(length));
        }
        byte[] bytes = source.readNBytes((int) length);
        if (bytes.length < length) {
            throw new MalformedException("it ends too early");
        }
        bytesRead += length;
        item = new Decoder(bytes);
        kind = SnapshotItem.of(item.octet());
    }
}
