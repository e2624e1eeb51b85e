package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.Ballot;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Leases and their attached keys. It does not count time: the remaining time of a lease changes only by commands, which the
 * leader's lease clock proposes.
 */
final class Leases {

    private final OrderedMap<Long, Lease> leases;

    /** Derived from the keys; missing in copies. */
    private final Map<Long, TreeSet<Bytes>> attached = new HashMap<>();

    private Ballot clock;
    private long hash;

    Leases(Ballot clock) {
        this(new OrderedMap<>(), clock, 0);
    }

    private Leases(OrderedMap<Long, Lease> leases, Ballot clock, long hash) {
        this.leases = leases;
        this.clock = clock;
        this.hash = hash;
    }

    /** @return an immutable copy, without the keys */
    Leases copy() {
        return new Leases(leases.copy(), clock, hash);
    }

    @Nullable Lease get(long id) {
        return leases.get(id);
    }

    Iterator<Lease> all() {
        return leases.values();
    }

    int size() {
        return leases.size();
    }

    long hash() {
        return hash;
    }

    /** The ballot of the leader that took over last; {@link Ballot#ZERO} before the first. */
    Ballot clock() {
        return clock;
    }

    /** @return whether the ballot is not below that of another that has taken over */
    boolean takeOver(Ballot next) {
        if (next.compareTo(clock) < 0) {
            return false;
        }
        clock = next;
        return true;
    }

    void put(Lease lease) {
        Lease before = leases.put(lease.id(), lease);
        hash += digest(lease) - (before == null ? 0 : digest(before));
    }

    /** @return whether it existed */
    boolean remove(long id) {
        Lease gone = leases.remove(id);
        if (gone != null) {
            hash -= digest(gone);
        }
        return gone != null;
    }

    /** The leases, in order of their ids. */
    List<Bytes> keysOf(long id) {
        TreeSet<Bytes> keys = attached.get(id);
        return keys == null ? List.of() : List.copyOf(keys);
    }

    /** A view of the keys of a lease now. */
    NavigableSet<Bytes> attachedTo(long id) {
        TreeSet<Bytes> keys = attached.get(id);
        return keys == null ? Collections.emptyNavigableSet() : Collections.unmodifiableNavigableSet(keys);
    }

    /** Records that a key has another lease now; 0 for none. */
    void move(Bytes key, long from, long to) {
        if (from == to) {
            return;
        }
        TreeSet<Bytes> keys = attached.get(from);
        if (keys != null && keys.remove(key) && keys.isEmpty()) {
            attached.remove(from);
        }
        if (to != 0) {
            attached.computeIfAbsent(to, id -> new TreeSet<>()).add(key);
        }
    }

    static long digest(Lease lease) {
        return new Digest(Digest.Kind.LEASE)
                .with(lease.id())
                .with(lease.ttlMillis())
                .with(lease.remainingMillis())
                .value();
    }
}
