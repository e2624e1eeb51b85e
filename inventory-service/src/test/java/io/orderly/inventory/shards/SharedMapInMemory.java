package io.orderly.inventory.shards;

import io.orderly.partitions.range.RangeMapStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A coordinator that has the range map only, and can be away. */
final class SharedMapInMemory implements RangeMapStore {

    private final List<Listener> listeners = new ArrayList<>();
    private long revision;
    private long mapRevision;
    private @Nullable String text;
    private boolean away;
    private boolean silent;

    @Override
    public synchronized Watching watch(Listener listener) {
        listeners.add(listener);
        listener.stored(mapRevision, text);
        return () -> listeners.remove(listener);
    }

    @Override
    public synchronized Result replace(long expectedRevision, String next) {
        if (away) {
            return new Result.Failed("the coordinator does not answer");
        }
        if (expectedRevision != mapRevision) {
            return new Result.Conflict();
        }
        put(next);
        return new Result.Replaced(mapRevision);
    }

    synchronized void put(@Nullable String next) {
        revision++;
        mapRevision = next == null ? 0 : revision;
        text = next;
        if (!silent) {
            listeners.forEach(listener -> listener.stored(mapRevision, next));
        }
    }

    synchronized void setAway(boolean isAway) {
        away = isAway;
    }

    /** Whether the watches are late. */
    synchronized void setSilent(boolean isSilent) {
        silent = isSilent;
    }

    synchronized @Nullable String text() {
        return text;
    }
}
