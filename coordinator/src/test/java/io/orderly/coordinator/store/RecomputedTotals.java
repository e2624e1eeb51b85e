package io.orderly.coordinator.store;

import java.util.Iterator;

/** The totals that a state maintains incrementally, recomputed from its whole content. */
final class RecomputedTotals {

    private RecomputedTotals() {}

    static long hash(StoreState state) {
        long hash = new Digest(Digest.Kind.SCALARS)
                .with(state.keyspace.revision())
                .with(state.keyspace.compacted())
                .with(state.keyspace.swept())
                .with(state.timestampBound)
                .with(state.leases.clock().round())
                .with(state.leases.clock().node())
                .with(state.limits.digest())
                .value();
        for (KeyHistory key : each(state.keyspace.histories())) {
            for (int i = 0; i < key.size(); i++) {
                hash += Digest.of(key.get(i));
            }
        }
        for (Revision revision :
                each(state.keyspace.history().from(state.keyspace.history().first()))) {
            hash += Digest.of(revision);
        }
        for (Lease lease : each(state.leases.all())) {
            hash += Leases.digest(lease);
        }
        for (Session session : each(state.sessions.all())) {
            hash += session.digest();
            for (int i = 0; i < session.size(); i++) {
                hash += session.digestOf(i);
            }
        }
        for (MemberDescription member : state.members()) {
            hash += member.digest();
        }
        AuthState auth = state.auth();
        return hash
                + new AuthState(auth.isEnabled(), auth.revision(), auth.tokenKey(), auth.users(), auth.roles()).hash();
    }

    static long sizeInBytes(StoreState state) {
        long size = 0;
        for (KeyHistory key : each(state.keyspace.histories())) {
            for (int i = 0; i < key.size(); i++) {
                if (!key.get(i).isTombstone()) {
                    size += Keyspace.sizeOf(key.key(), key.get(i).value().size());
                }
            }
        }
        for (Revision revision :
                each(state.keyspace.history().from(state.keyspace.history().first()))) {
            for (KeyEvent event : revision.events()) {
                size += event instanceof KeyEvent.Deleted ? Keyspace.sizeOf(event.key(), 0) : 0;
            }
        }
        return size;
    }

    private static <T> Iterable<T> each(Iterator<T> iterator) {
        return () -> iterator;
    }
}
