package io.orderly.coordinator.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.partitions.MemberId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchedKeysTest {

    private static final PartitionKeys KEYS = new PartitionKeys("order-service");
    private static final MemberId ADA = new MemberId("ada");

    private final WatchedKeys watched = new WatchedKeys(KEYS);

    @Test
    void containsTheMapAndTheMembersAtOneRevision() {
        watched.reset(7, List.of(stored(KEYS.map(), "a map", 5), stored(KEYS.member(ADA), "3", 6)));

        assertThat(watched.snapshot().revision()).isEqualTo(7);
        assertThat(watched.snapshot().mapRevision()).isEqualTo(5);
        assertThat(watched.snapshot().mapText()).isEqualTo("a map");
        assertThat(watched.snapshot().acknowledged()).containsOnly(Map.entry(ADA, 3L));
    }

    @Test
    void followsChangesAndDeletions() {
        watched.reset(7, List.of(stored(KEYS.map(), "a map", 5), stored(KEYS.member(ADA), "3", 6)));

        watched.changed(8, List.of(put(KEYS.map(), "next", 8), deleted(KEYS.member(ADA), 8)));

        assertThat(watched.snapshot().mapText()).isEqualTo("next");
        assertThat(watched.snapshot().mapRevision()).isEqualTo(8);
        assertThat(watched.snapshot().acknowledged()).isEmpty();

        watched.changed(9, List.of(deleted(KEYS.map(), 9)));
        assertThat(watched.snapshot().mapText()).isNull();
        assertThat(watched.snapshot().mapRevision()).isZero();
    }

    @Test
    void aResetForgetsWhatWasSeenBefore() {
        watched.reset(7, List.of(stored(KEYS.map(), "a map", 5), stored(KEYS.member(ADA), "3", 6)));

        watched.reset(20, List.of());

        assertThat(watched.snapshot().mapText()).isNull();
        assertThat(watched.snapshot().acknowledged()).isEmpty();
    }

    @Test
    void ignoresOtherKeysAndTakesAnInvalidAcknowledgementForNone() {
        watched.reset(
                7,
                List.of(
                        stored(Bytes.utf8(KEYS.election() + "/1"), "candidate", 3),
                        stored(Bytes.utf8("/partitions/order-service/members/not a member"), "1", 4),
                        stored(KEYS.member(ADA), "much", 6)));

        assertThat(watched.snapshot().acknowledged()).containsOnly(Map.entry(ADA, 0L));
        assertThat(watched.snapshot().mapText()).isNull();
    }

    private static KeyValue stored(Bytes key, String value, long revision) {
        return new KeyValue(key, Bytes.utf8(value), revision, revision, 1, 0);
    }

    private static KeyEvent put(Bytes key, String value, long revision) {
        return new KeyEvent.Put(stored(key, value, revision), null);
    }

    private static KeyEvent deleted(Bytes key, long revision) {
        return new KeyEvent.Deleted(key, revision, null);
    }
}
