package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.store.Bytes;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A setting keeps its last valid value. */
interface SettingContract extends ContractRun {

    @Test
    default void keepsTheLastValidValueOfASettingEvenIfNoMemberResponds() throws Exception {
        AtomicReference<String> refused = new AtomicReference<>("");
        SettingType<Integer> type = SettingType.INTEGER.that(value -> value > 0, "not above 0");
        SettingListener<Integer> listener = new SettingListener<>() {
            @Override
            public void onChanged(Integer previous, Integer value, long revision) {}

            @Override
            public void onRefused(String reason, long revision) {
                refused.set(reason);
            }
        };
        try (Setting<Integer> setting = client().setting(key("limit").toUtf8(), type, 10, listener)) {
            assertThat(setting.awaitLoaded(LONG)).isTrue();
            assertThat(setting.get()).isEqualTo(10);
            long revision =
                    client().put(key("limit"), Bytes.utf8("20")).orThrow().revision();
            await().atMost(LONG).until(() -> setting.get() == 20);
            assertThat(setting.revision()).isEqualTo(revision);
            client().put(key("limit"), Bytes.utf8("-1")).orThrow();
            await().atMost(LONG).until(() -> !refused.get().isEmpty());
            members().pause();
            try {
                assertThat(setting.get()).isEqualTo(20);
            } finally {
                members().resume();
            }
            awaitAllMembers();
            client().put(key("limit"), Bytes.utf8("30")).orThrow();
            await().atMost(LONG).until(() -> setting.get() == 30);
        }
    }
}
