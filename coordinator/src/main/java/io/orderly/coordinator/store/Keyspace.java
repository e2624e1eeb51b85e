package io.orderly.coordinator.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The multi-version map. Writes are collected into a revision, which {@link #commit} completes; they were validated before.
 *
 * <p>A compaction takes effect at once for readers; the compacted versions are removed in small steps, so that no command takes
 * long: {@link #sweep}. Its progress is part of the state.
 */
final class Keyspace {

    /** An allowance for the objects of a version or an event, in addition to its key and value. */
    static final int OVERHEAD_BYTES = 256;

    private final OrderedMap<Bytes, KeyHistory> keys;
    private final RevisionHistory history;
    private final List<KeyEvent> written = new ArrayList<>();

    private long revision;
    private long compacted;

    /** Only versions that are needed to read at this revision or a later one are kept. At most {@link #compacted}. */
    private long swept;

    private long sizeInBytes;
    private long hash;

    Keyspace() {
        this(new OrderedMap<>(), new RevisionHistory(2), 1, 0, 0);
    }

    /** An empty keyspace, to be filled by {@link #load} and {@link #replay}. */
    Keyspace(long firstKept, long compacted, long swept) {
        this(new OrderedMap<>(), new RevisionHistory(firstKept), firstKept - 1, compacted, swept);
    }

    private Keyspace(
            OrderedMap<Bytes, KeyHistory> keys, RevisionHistory history, long revision, long compacted, long swept) {
        this.keys = keys;
        this.history = history;
        this.revision = revision;
        this.compacted = compacted;
        this.swept = swept;
    }

    /** @return an immutable copy */
    Keyspace copy() {
        Keyspace copy = new Keyspace(keys.copy(), history.copy(), revision, compacted, swept);
        copy.sizeInBytes = sizeInBytes;
        copy.hash = hash;
        return copy;
    }

    long revision() {
        return revision;
    }

    long compacted() {
        return compacted;
    }

    long swept() {
        return swept;
    }

    long sizeInBytes() {
        return sizeInBytes;
    }

    /** The size of versions and events. */
    long hash() {
        return hash;
    }

    /** The newest revision, including uncommitted writes. */
    long revisionInProgress() {
        return written.isEmpty() ? revision : revision + 1;
    }

    // reading

    /** @return the key, including uncommitted writes; null if it does not exist */
    @Nullable KeyValue get(Bytes key) {
        KeyHistory found = keys.get(key);
        return found == null || found.newest().isTombstone() ? null : found.newest();
    }

    /** @return the versions, including uncommitted writes; null if there are none */
    @Nullable KeyHistory history(Bytes key) {
        return keys.get(key);
    }

    /** All keys, with tombstones and earlier versions. */
    Iterator<KeyHistory> histories() {
        return keys.values();
    }

    Iterator<KeyHistory> historiesFrom(Bytes first) {
        return keys.valuesFrom(first);
    }

    RevisionHistory history() {
        return history;
    }

    /** @return null if the revision can be read */
    @Nullable StoreRefusal refusalOf(RangeOptions options) {
        long wanted = options.revision();
        if (wanted > revision) {
            return new StoreRefusal.FutureRevision(wanted, revision);
        }
        return wanted != 0 && wanted < compacted ? new StoreRefusal.Compacted(compacted) : null;
    }

    // writing

    /** @return the previous version; null if there was none */
    @Nullable KeyValue put(Bytes key, Bytes value, long lease) {
        KeyHistory past = keys.get(key);
        KeyValue previous = past == null || past.newest().isTombstone() ? null : past.newest();
        long next = revision + 1;
        KeyValue current = new KeyValue(
                past == null ? key : past.key(),
                value,
                previous == null ? next : previous.createRevision(),
                next,
                previous == null ? 1 : previous.version() + 1,
                lease);
        add(past, current);
        written.add(new KeyEvent.Put(current, previous));
        return previous;
    }

    /** @return the previous version; null if there was none, and then nothing is written */
    @Nullable KeyValue delete(Bytes key) {
        KeyHistory past = keys.get(key);
        if (past == null || past.newest().isTombstone()) {
            return null;
        }
        KeyValue previous = past.newest();
        add(past, KeyValue.tombstone(past.key(), revision + 1));
        written.add(new KeyEvent.Deleted(past.key(), revision + 1, previous));
        return previous;
    }

    private void add(@Nullable KeyHistory past, KeyValue version) {
        keys.put(version.key(), past == null ? KeyHistory.of(version) : past.plus(version));
        sizeInBytes += sizeOf(version);
        hash += Digest.of(version);
    }

    /** The contribution of a key with a value to {@link #sizeInBytes()}. */
    static long sizeOf(Bytes key, int valueBytes) {
        return OVERHEAD_BYTES + key.size() + (long) valueBytes;
    }

    private static long sizeOf(KeyValue version) {
        return sizeOf(version.key(), version.value().size());
    }

    /** @return the committed revision; null if nothing was written */
    @Nullable Revision commit() {
        if (written.isEmpty()) {
            return null;
        }
        Revision done = new Revision(++revision, List.copyOf(written));
        written.clear();
        keep(done);
        return done;
    }

    private void keep(Revision done) {
        history.add(done);
        hash += Digest.of(done);
    }

    // compaction

    /** @param to above the compacted revision, and at most the newest one */
    void compact(long to) {
        compacted = to;
    }

    /** Whether all compacted versions are removed. */
    boolean isSwept() {
        return swept == compacted;
    }

    /**
     * Removes some of the compacted versions and events.
     *
     * @param maxEvents the number of events to process; the revision that reaches this number is completed
     */
    void sweep(int maxEvents) {
        if (isSwept()) {
            return;
        }
        long from = history.first();
        int events = 0;
        while (!isSwept() && events < maxEvents) {
            swept++;
            if (swept >= from) {
                Revision reached = history.get(swept);
                events += reached.events().size();
                reached.events().forEach(event -> dropBefore(event.key(), swept));
            }
        }
        for (long number = from; number < swept; number++) {
            forget(history.get(number));
        }
        if (swept >= from) {
            history.dropBefore(swept, withoutPrevious(history.get(swept)));
        }
    }

    private void dropBefore(Bytes key, long oldest) {
        KeyHistory past = keys.get(key);
        KeyHistory left = past == null ? null : past.since(oldest);
        if (past == null || left == past) {
            return;
        }
        int gone = past.size() - (left == null ? 0 : left.size());
        for (int i = 0; i < gone; i++) {
            KeyValue version = past.get(i);
            hash -= Digest.of(version);
            // the event of a deletion stays, with its size, until its revision is removed
            sizeInBytes -= version.isTombstone() ? 0 : sizeOf(version);
        }
        if (left == null) {
            keys.remove(key);
        } else {
            keys.put(key, left);
        }
    }

    private void forget(Revision old) {
        hash -= Digest.of(old);
        for (KeyEvent event : old.events()) {
            if (event instanceof KeyEvent.Deleted) {
                sizeInBytes -= sizeOf(event.key(), 0);
            }
        }
    }

    /** Versions before the oldest revision cannot be read, and must not be kept in memory either. */
    private static Revision withoutPrevious(Revision oldest) {
        List<KeyEvent> events = new ArrayList<>(oldest.events().size());
        for (KeyEvent event : oldest.events()) {
            events.add(
                    switch (event) {
                        case KeyEvent.Put put -> new KeyEvent.Put(put.current(), null);
                        case KeyEvent.Deleted deleted ->
                            new KeyEvent.Deleted(deleted.key(), deleted.modRevision(), null);
                    });
        }
        return new Revision(oldest.number(), List.copyOf(events));
    }

    // restoring, in this order

    /** A key at the swept revision. */
    void load(KeyValue version) {
        add(null, version);
    }

    /**
     * The swept revision itself, whose changes the keys already contain.
     *
     * @throws IllegalArgumentException if they do not
     */
    void loadOldest(Revision oldest) {
        List<KeyEvent> events = new ArrayList<>(oldest.events().size());
        for (KeyEvent event : oldest.events()) {
            events.add(
                    switch (event) {
                        case KeyEvent.Put put -> new KeyEvent.Put(loaded(put.current()), null);
                        case KeyEvent.Deleted deleted -> {
                            sizeInBytes += sizeOf(deleted.key(), 0);
                            yield deleted;
                        }
                    });
        }
        revision = oldest.number();
        keep(new Revision(oldest.number(), List.copyOf(events)));
    }

    private KeyValue loaded(KeyValue bare) {
        KeyValue loaded = get(bare.key());
        if (loaded == null
                || loaded.modRevision() != bare.modRevision()
                || !bare.value().isEmpty()
                || bare.lease() != 0) {
            throw new IllegalArgumentException("%s is not what revision %d put".formatted(loaded, bare.modRevision()));
        }
        return loaded;
    }

    /** A part of a later revision, to be replayed. */
    void replay(KeyEvent event) {
        switch (event) {
            case KeyEvent.Put put ->
                put(put.key(), put.current().value(), put.current().lease());
            case KeyEvent.Deleted deleted -> delete(deleted.key());
        }
    }
}
