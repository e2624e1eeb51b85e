package io.orderly.coordinator.store;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The sessions that are open. */
final class Sessions {

    private final OrderedMap<Long, Session> sessions;
    private long sizeInBytes;
    private long hash;

    Sessions() {
        this(new OrderedMap<>(), 0, 0);
    }

    private Sessions(OrderedMap<Long, Session> sessions, long sizeInBytes, long hash) {
        this.sessions = sessions;
        this.sizeInBytes = sizeInBytes;
        this.hash = hash;
    }

    /** @return an immutable copy */
    Sessions copy() {
        return new Sessions(sessions.copy(), sizeInBytes, hash);
    }

    @Nullable Session get(long lease) {
        return sessions.get(lease);
    }

    Iterator<Session> all() {
        return sessions.values();
    }

    int size() {
        return sessions.size();
    }

    /** The size of the kept responses. */
    long sizeInBytes() {
        return sizeInBytes;
    }

    long hash() {
        return hash;
    }

    /** @param session of a lease that has none */
    void add(Session session) {
        sessions.put(session.lease(), session);
        hash += session.digest();
        count(session, 0, session.size(), 1);
    }

    /** @return whether it existed */
    boolean remove(long lease) {
        Session gone = sessions.remove(lease);
        if (gone == null) {
            return false;
        }
        hash -= gone.digest();
        count(gone, 0, gone.size(), -1);
        return true;
    }

    /** Drops the responses that the client has acknowledged. */
    Session forgetBelow(Session session, long bound) {
        Session left = session.forgetBelow(bound);
        if (left != session) {
            sessions.put(left.lease(), left);
            hash += left.digest() - session.digest();
            count(session, 0, session.size() - left.size(), -1);
        }
        return left;
    }

    /** Keeps the response to an unknown command. */
    void keep(Session session, long sequence, byte[] answer) {
        Session more = session.with(sequence, answer);
        sessions.put(more.lease(), more);
        int at = more.indexOf(sequence);
        count(more, at, at + 1, 1);
    }

    private void count(Session session, int from, int to, int sign) {
        for (int i = from; i < to; i++) {
            hash += sign * session.digestOf(i);
            sizeInBytes += sign * session.sizeOf(i);
        }
    }
}
