package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.client.WatchCursor.Action;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatchCursorTest {

    @Test
    void deliversEachRevisionCompletely() {
        WatchCursor cursor = new WatchCursor(5);
        long stream = cursor.open();
        assertThat(cursor.events(stream, List.of(put("a", 5), put("b", 5), put("a", 7))))
                .containsExactly(
                        new Action.Deliver(5, List.of(put("a", 5), put("b", 5))),
                        new Action.Deliver(7, List.of(put("a", 7))));
        assertThat(cursor.next()).isEqualTo(8);
    }

    @Test
    void dropsRevisionsThatWereDeliveredBefore() {
        WatchCursor cursor = new WatchCursor(1);
        cursor.events(cursor.open(), List.of(put("a", 3)));
        assertThat(cursor.events(cursor.open(), List.of(put("a", 3), put("a", 4))))
                .containsExactly(new Action.Deliver(4, List.of(put("a", 4))));
    }

    @Test
    void ignoresAnEarlierStream() {
        WatchCursor cursor = new WatchCursor(1);
        long first = cursor.open();
        assertThat(cursor.broken(first)).containsExactly(new Action.Reopen());
        assertThat(cursor.events(first, List.of(put("a", 3)))).isEmpty();
        long second = cursor.open();
        cursor.progress(first, 100);
        assertThat(cursor.broken(first)).isEmpty();
        assertThat(cursor.canceled(first, 50)).isEmpty();
        assertThat(cursor.next()).isEqualTo(1);
        assertThat(cursor.events(second, List.of(put("a", 3)))).hasSize(1);
    }

    @Test
    void resumesAfterProgress() {
        WatchCursor cursor = new WatchCursor(1);
        long stream = cursor.open();
        cursor.progress(stream, 40);
        cursor.progress(stream, 30);
        assertThat(cursor.next()).isEqualTo(41);
    }

    @Test
    void readsTheKeysAfterACompaction() {
        WatchCursor cursor = new WatchCursor(5);
        assertThat(cursor.needsKeys()).isFalse();
        assertThat(cursor.canceled(cursor.open(), 20)).containsExactly(new Action.Resynchronise(20));
        assertThat(cursor.needsKeys()).isTrue();
        cursor.resynchronised(33);
        assertThat(cursor.needsKeys()).isFalse();
        assertThat(cursor.next()).isEqualTo(34);
    }

    @Test
    void beginsWithTheKeysIfNoRevisionIsGiven() {
        WatchCursor cursor = new WatchCursor(0);
        assertThat(cursor.needsKeys()).isTrue();
        cursor.resynchronised(12);
        assertThat(cursor.next()).isEqualTo(13);
    }

    /** Streams break at any point, and their responses arrive late or repeatedly; the order within a stream is kept, as by TCP. */
    @Test
    void deliversEachEventExactlyOnce() {
        Random random = new Random(7);
        for (int run = 0; run < 300; run++) {
            WatchCursor cursor = new WatchCursor(1);
            List<Long> delivered = new ArrayList<>();
            long stream = cursor.open();
            long sent = 0;
            while (delivered.size() < 50) {
                if (random.nextInt(5) == 0) {
                    long old = stream;
                    cursor.broken(stream);
                    stream = cursor.open();
                    sent = Math.max(0, cursor.next() - 1 - random.nextInt(3));
                    cursor.events(old, List.of(put("a", sent + 1)));
                }
                List<KeyEvent> batch = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    batch.add(put("a", ++sent));
                }
                for (Action action : cursor.events(stream, batch)) {
                    delivered.add(((Action.Deliver) action).revision());
                }
            }
            for (int i = 0; i < delivered.size(); i++) {
                assertThat(delivered.get(i)).isEqualTo(i + 1L);
            }
        }
    }

    private static KeyEvent put(String key, long revision) {
        return new KeyEvent.Put(new KeyValue(Bytes.utf8(key), Bytes.EMPTY, 1, revision, 1, 0), null);
    }
}
