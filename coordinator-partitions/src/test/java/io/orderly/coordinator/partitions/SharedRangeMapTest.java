package io.orderly.coordinator.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.client.WatchListener;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedRangeMapTest {

    private static final Bytes KEY = Bytes.utf8("/ranges/inventory-service/map");

    private final List<String> seen = new ArrayList<>();
    private final WatchListener changes = SharedRangeMap.changes((revision, text) -> seen.add(revision + " " + text));

    @Test
    void passesOnTheStoredTextItsChangesAndItsDeletionWithTheRevisionThatAReplacementExpects() {
        changes.onKeys(7, List.of());
        changes.onKeys(9, List.of(stored("first", 8)));
        changes.onEvents(10, List.of(new KeyEvent.Put(stored("second", 10), null)));
        changes.onEvents(11, List.of(new KeyEvent.Deleted(KEY, 11, null)));

        assertThat(seen).containsExactly("0 null", "8 first", "10 second", "0 null");
    }

    private static KeyValue stored(String value, long revision) {
        return new KeyValue(KEY, Bytes.utf8(value), revision, revision, 1, 0);
    }
}
