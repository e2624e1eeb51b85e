package io.orderly.coordinator.watch;

import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.Revision;
import io.orderly.coordinator.store.StoreListener;
import io.orderly.coordinator.store.StoreView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The watches of one node. Each revision of the store is added to the buffers of the watches that do not lag. A watch whose buffer
 * is full gets nothing more until its client has taken the buffer; then it reads from the history, a bounded part at a time, until
 * it has caught up. So a slow client does not slow down the store, and loses no events unless a compaction overtakes it, which is
 * reported to it.
 *
 * <p>Watches with the same filter share one list of events, and an index finds the watches of a revision.
 *
 * <p>One thread at a time. No method blocks.
 */
public final class Watches implements StoreListener {

    private final WatchSettings settings;
    private final Map<Long, Watch> watches = new LinkedHashMap<>();

    /** Of watches that keep up. */
    private final Map<EventFilter, WatchGroup> groups = new LinkedHashMap<>();

    private final RangeIndex<WatchGroup> index = new RangeIndex<>();
    private final Set<Long> ready = new LinkedHashSet<>();
    private long revision;
    private long lastId;
    private long progressNanos = Long.MIN_VALUE;

    /** @param revision the newest revision of the store; the next one added is the one after it */
    public Watches(WatchSettings settings, long revision) {
        this.settings = settings;
        this.revision = revision;
    }

    /** @return the id of the new watch; empty if too many are open */
    public OptionalLong open(WatchRequest request) {
        if (watches.size() >= settings.maxWatches()) {
            return OptionalLong.empty();
        }
        long from = request.startRevision() == 0 ? revision + 1 : request.startRevision();
        Watch watch = new Watch(++lastId, request, from, from <= revision);
        watches.put(watch.id, watch);
        if (!watch.isLagging) {
            joinGroup(watch);
        }
        signalIfReady(watch);
        return OptionalLong.of(watch.id);
    }

    /** Closes a watch; ignored if it has already ended. */
    public void close(long id) {
        Watch watch = watches.remove(id);
        if (watch != null) {
            ready.remove(id);
            leaveGroup(watch);
        }
    }

    /** The number of open watches. */
    public int size() {
        return watches.size();
    }

    /** The number of watches that lag. */
    public int lagging() {
        return (int) watches.values().stream().filter(watch -> watch.isLagging).count();
    }

    /**
     * The watches that have responses to take, those that have waited longest first; each is returned once, until something has
     * been taken from it.
     */
    public List<Long> ready() {
        List<Long> result = List.copyOf(ready);
        ready.clear();
        return result;
    }

    /**
     * Takes the next responses. A watch that has more after that is {@link #ready()} again.
     *
     * @param state of any revision
     * @param maxRevisions to deliver at most
     * @return in order; empty if there is nothing, or the watch has ended
     */
    public List<WatchResponse> take(long id, StoreView state, int maxRevisions) {
        Watch watch = watches.get(id);
        if (watch == null) {
            return List.of();
        }
        List<WatchResponse> taken = new ArrayList<>();
        int room = maxRevisions;
        while (room > 0 && !watch.buffer.isEmpty()) {
            tell(watch, watch.takeBuffered(), taken);
            room--;
        }
        if (room > 0 && watch.isLagging) {
            catchUp(watch, state, room, taken);
        }
        if (watch.isProgressToBeTold(revision)) {
            watch.progressDue = false;
            taken.add(new WatchResponse.Progress(revision));
        }
        watch.wasIdle &= taken.isEmpty();
        ready.remove(id);
        watch.signalled = false;
        signalIfReady(watch);
        return taken;
    }

    /** Requests a progress response, which follows all events so far. */
    public void requestProgress(long id) {
        Watch watch = watches.get(id);
        if (watch != null) {
            watch.progressDue = true;
            signalIfReady(watch);
        }
    }

    /**
     * Time has passed: watches that were idle for the interval report progress.
     *
     * @param nowNanos of a monotonic clock
     */
    public void tick(long nowNanos) {
        if (progressNanos == Long.MIN_VALUE) {
            progressNanos = nowNanos;
        }
        if (nowNanos - progressNanos >= settings.progressInterval().toNanos()) {
            progressNanos = nowNanos;
            for (Watch watch : watches.values()) {
                watch.progressDue |= watch.request.progress() && watch.wasIdle;
                watch.wasIdle = true;
                signalIfReady(watch);
            }
        }
    }

    /** @throws IllegalStateException if it is not the one after the last: the missed revision would never be delivered */
    @Override
    public void revised(Revision next) {
        if (next.number() != revision + 1) {
            throw new IllegalStateException("revision %d came after %d".formatted(next.number(), revision));
        }
        revision = next.number();
        List<WatchGroup> concerned = new ArrayList<>();
        for (KeyEvent event : next.events()) {
            index.forEach(event.key(), group -> {
                if (group.selection.admits(event) && group.gather(event)) {
                    concerned.add(group);
                }
            });
        }
        for (WatchGroup group : concerned) {
            RevisionBatch batch = group.batch(revision);
            List.copyOf(group.watches).forEach(watch -> offer(watch, batch));
        }
    }

    /** The revisions in between are read from the history. */
    @Override
    public void restored(StoreView state) {
        for (Watch watch : watches.values()) {
            if (!watch.isLagging && watch.from <= state.revision()) {
                lag(watch, Math.max(watch.from, revision + 1));
                signalIfReady(watch);
            }
        }
        revision = Math.max(revision, state.revision());
    }

    private void offer(Watch watch, RevisionBatch batch) {
        if (batch.revision() < watch.from) {
            return;
        }
        if (watch.hasRoomFor(batch, settings)) {
            watch.buffer(batch);
        } else {
            lag(watch, batch.revision());
        }
        signalIfReady(watch);
    }

    private void lag(Watch watch, long from) {
        leaveGroup(watch);
        watch.isLagging = true;
        watch.from = from;
    }

    private void catchUp(Watch watch, StoreView state, int maxRevisions, List<WatchResponse> taken) {
        if (watch.from < state.compactedRevision()) {
            taken.add(new WatchResponse.Compacted(state.compactedRevision()));
            close(watch.id);
            return;
        }
        EventFilter selection = watch.request.selection();
        Iterator<Revision> history = state.history(watch.from);
        int room = maxRevisions;
        for (int scanned = 0; room > 0 && scanned < settings.maxScannedRevisions() && history.hasNext(); scanned++) {
            Revision next = history.next();
            List<KeyEvent> events = selection.of(next);
            if (!events.isEmpty()) {
                tell(watch, new RevisionBatch(next.number(), events), taken);
                room--;
            }
            watch.from = next.number() + 1;
        }
        if (!history.hasNext()) {
            // the first revision of a store has no events, so it is not in the history
            watch.from = Math.max(watch.from, state.revision() + 1);
        }
        if (watch.from > revision) {
            watch.isLagging = false;
            joinGroup(watch);
        }
    }

    private void tell(Watch watch, RevisionBatch batch, List<WatchResponse> taken) {
        if (watch.request.fragments() && batch.bytes() > settings.fragmentBytes()) {
            taken.addAll(batch.fragments(settings.fragmentBytes()));
        } else {
            taken.add(new WatchResponse.Events(batch.revision(), batch.events(), false));
        }
    }

    private void joinGroup(Watch watch) {
        WatchGroup group = groups.computeIfAbsent(watch.request.selection(), selection -> {
            WatchGroup added = new WatchGroup(selection);
            index.add(selection.keys(), added);
            return added;
        });
        group.watches.add(watch);
    }

    private void leaveGroup(Watch watch) {
        WatchGroup group = groups.get(watch.request.selection());
        if (group != null && group.watches.remove(watch) && group.watches.isEmpty()) {
            groups.remove(group.selection);
            index.remove(group.selection.keys(), group);
        }
    }

    private void signalIfReady(Watch watch) {
        if (!watch.signalled && watch.isReady(revision) && watches.containsKey(watch.id)) {
            watch.signalled = true;
            ready.add(watch.id);
        }
    }
}
