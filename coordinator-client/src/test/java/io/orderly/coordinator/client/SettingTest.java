package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SettingTest {

    private static final Bytes KEY = Bytes.utf8("/settings/limit");

    private final List<String> heard = new ArrayList<>();
    private final AtomicReference<WatchListener> watch = new AtomicReference<>();
    private final Setting<Integer> setting = new Setting<>(
            KEY,
            SettingType.INTEGER,
            10,
            new SettingListener<>() {
                @Override
                public void onChanged(Integer previous, Integer value, long revision) {
                    heard.add("%d to %d at %d".formatted(previous, value, revision));
                }

                @Override
                public void onRefused(String reason, long revision) {
                    heard.add("refused at " + revision);
                }

                @Override
                public void onConfirmed(long revision) {
                    heard.add("confirmed at " + revision);
                }
            },
            (_, listener) -> {
                watch.set(listener);
                return null;
            },
            ClientObserver.NONE);

    @Test
    void confirmsAValueThatIsStoredAgainAfterAnInvalidOne() {
        stored("20", 3);
        stored("many", 4);
        stored("20", 5);
        assertThat(heard).containsExactly("10 to 20 at 3", "refused at 4", "confirmed at 5");
    }

    @Test
    void confirmsTheDefaultWhenAnInvalidValueIsDeleted() {
        stored("many", 4);
        watch.get().onKeys(5, List.of());
        assertThat(heard).containsExactly("refused at 4", "confirmed at 5");
        assertThat(setting.get()).isEqualTo(10);
    }

    @Test
    void doesNotReportLateAndRepeatedEvents() {
        stored("20", 5);
        stored("30", 4);
        stored("20", 5);
        assertThat(heard).containsExactly("10 to 20 at 5");
        assertThat(setting.get()).isEqualTo(20);
    }

    private void stored(String text, long revision) {
        watch.get().onKeys(revision, List.of(new KeyValue(KEY, Bytes.utf8(text), revision, revision, 1, 0)));
    }
}
