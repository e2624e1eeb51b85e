package io.orderly.coordinator.store;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Writes a state, part by part: first the keys at the oldest kept revision, then each later revision, to be replayed; then leases, sessions,
 * members, users and roles, and finally the hash of the state. Each item is preceded by its length.
 */
final class SnapshotEncoder implements Iterator<byte[]> {

    /** The minimum size of a part in bytes, except the last. */
    private static final int PART_BYTES = 64 << 10;

    private final Encoder part = new Encoder();
    private final Encoder item = new Encoder();
    private final StoreState state;
    private final Iterator<KeyHistory> keys;
    private final Iterator<Revision> revisions;
    private final Iterator<Lease> leases;
    private final Iterator<Session> sessions;
    private final Iterator<MemberDescription> members;
    private final Iterator<User> users;
    private final Iterator<Role> roles;

    /** The remaining events of the current revision. */
    private Iterator<KeyEvent> events = Collections.emptyIterator();

    private boolean isBegun;
    private boolean isAuthWritten;
    private boolean isEnded;

    /** @param state an immutable state */
    SnapshotEncoder(StoreState state) {
        this.state = state;
        keys = state.keyspace.histories();
        revisions = state.keyspace.history().from(state.keyspace.history().first());
        leases = state.leases.all();
        sessions = state.sessions.all();
        members = state.members().iterator();
        users = state.auth().users().iterator();
        roles = state.auth().roles().iterator();
        isAuthWritten = state.auth().isInitial();
    }

    @Override
    public boolean hasNext() {
        return !isEnded;
    }

    @Override
    public byte[] next() {
        if (isEnded) {
            throw new NoSuchElementException();
        }
        if (!isBegun) {
            isBegun = true;
            writeScalars();
        }
        while (!isEnded && part.size() < PART_BYTES) {
            writeNext();
        }
        return part.take();
    }

    private void writeNext() {
        if (keys.hasNext()) {
            write(keys.next());
        } else if (events.hasNext()) {
            write(events.next());
        } else if (revisions.hasNext()) {
            Revision revision = revisions.next();
            events = revision.events().iterator();
            end(begin(SnapshotItem.REVISION)
                    .number(revision.number())
                    .number(revision.events().size()));
        } else if (leases.hasNext()) {
            Lease lease = leases.next();
            end(begin(SnapshotItem.LEASE)
                    .fixed(lease.id())
                    .number(lease.ttlMillis())
                    .number(lease.remainingMillis()));
        } else if (sessions.hasNext()) {
            write(sessions.next());
        } else if (members.hasNext()) {
            Encoder to = begin(SnapshotItem.MEMBER);
            members.next().write(to);
            end(to);
        } else if (!isAuthWritten) {
            isAuthWritten = true;
            end(begin(SnapshotItem.AUTH)
                    .flag(state.auth().isEnabled())
                    .number(state.auth().revision())
                    .bytes(state.auth().tokenKey().content()));
        } else if (users.hasNext()) {
            Encoder to = begin(SnapshotItem.USER);
            users.next().write(to);
            end(to);
        } else if (roles.hasNext()) {
            Encoder to = begin(SnapshotItem.ROLE);
            roles.next().write(to);
            end(to);
        } else {
            end(begin(SnapshotItem.END).fixed(state.hash()));
            isEnded = true;
        }
    }

    private Encoder begin(SnapshotItem kind) {
        return item.octet(kind.code);
    }

    private void end(Encoder written) {
        part.bytes(written.take());
    }

    private void writeScalars() {
        Encoder to = begin(SnapshotItem.SCALARS)
                .octet(SnapshotItem.versionOf(state))
                .number(state.keyspace.history().first())
                .number(state.keyspace.revision())
                .number(state.keyspace.compacted())
                .number(state.keyspace.swept())
                .fixed(state.timestampBound);
        CommandCodec.write(state.leases.clock(), to);
        CommonCodec.write(state.limits, to);
        end(to);
    }

    private void write(KeyHistory history) {
        KeyValue oldest = history.at(state.keyspace.swept());
        if (oldest != null && !oldest.isTombstone()) {
            Encoder to = begin(SnapshotItem.KEY);
            CommonCodec.write(oldest, to);
            end(to);
        }
    }

    /** The other fields of an event follow from the previous version; values put by the oldest revision are among the keys. */
    private void write(KeyEvent event) {
        switch (event) {
            case KeyEvent.Put(KeyValue current, KeyValue _) -> {
                boolean isWritten = current.modRevision() == state.keyspace.swept();
                end(begin(SnapshotItem.PUT)
                        .bytes(current.key())
                        .bytes(isWritten ? Bytes.EMPTY : current.value())
                        .fixed(isWritten ? 0 : current.lease()));
            }
            case KeyEvent.Deleted deleted -> end(begin(SnapshotItem.DELETED).bytes(deleted.key()));
        }
    }

    private void write(Session session) {
        Encoder to = begin(SnapshotItem.SESSION)
                .fixed(session.lease())
                .number(session.acknowledgedBelow())
                .number(session.size());
        for (int i = 0; i < session.size(); i++) {
            to.number(session.sequences()[i]).bytes(session.answers()[i]);
        }
        end(to);
    }
}
