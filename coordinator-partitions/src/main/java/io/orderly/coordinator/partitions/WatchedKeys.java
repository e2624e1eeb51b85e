package io.orderly.coordinator.partitions;

import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.partitions.MemberId;
import io.orderly.partitions.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The map and the members as a watch has delivered them. A watch delivers whole revisions in order, so this is what the store contained at one
 * revision. Not thread-safe.
 */
final class WatchedKeys {

    private static final Pattern GENERATION = Pattern.compile("[0-9]{1,18}");

    private final PartitionKeys keys;
    private final Map<MemberId, Long> acknowledged = new HashMap<>();
    private long revision;
    private long mapRevision;
    private @Nullable String map;

    WatchedKeys(PartitionKeys keys) {
        this.keys = keys;
    }

    /** The watched keys at a revision, in place of all that was seen before. */
    void reset(long atRevision, List<KeyValue> keyValues) {
        acknowledged.clear();
        map = null;
        mapRevision = 0;
        revision = atRevision;
        keyValues.forEach(this::put);
    }

    /** All changes of a revision. */
    void changed(long atRevision, List<KeyEvent> events) {
        revision = atRevision;
        for (KeyEvent event : events) {
            switch (event) {
                case KeyEvent.Put put -> put(put.current());
                case KeyEvent.Deleted deleted -> {
                    if (deleted.key().equals(keys.map())) {
                        map = null;
                        mapRevision = 0;
                    } else {
                        keys.member(deleted.key()).ifPresent(acknowledged::remove);
                    }
                }
            }
        }
    }

    Snapshot snapshot() {
        return new Snapshot(revision, mapRevision, map, acknowledged);
    }

    private void put(KeyValue keyValue) {
        if (keyValue.key().equals(keys.map())) {
            map = keyValue.value().toUtf8();
            mapRevision = keyValue.modRevision();
        } else {
            keys.member(keyValue.key())
                    .ifPresent(member ->
                            acknowledged.put(member, generation(keyValue.value().toUtf8())));
        }
    }

    /** The acknowledged generation; a member that writes something else has acknowledged nothing. */
    private static long generation(String text) {
        return GENERATION.matcher(text).matches() ? Long.parseLong(text) : 0;
    }
}
