package io.orderly.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.coordinator.client.autoconfigure.CoordinatorClientAutoConfiguration;
import io.orderly.coordinator.settings.CoordinatorSettingsAutoConfiguration;
import io.orderly.kit.settings.LiveSetting;
import io.orderly.kit.settings.LiveSettings;
import io.orderly.kit.settings.SettingDeclaration;
import io.orderly.kit.settings.SettingStore;
import io.orderly.kit.settings.SettingStore.Result;
import io.orderly.kit.settings.SettingStoreException;
import io.orderly.kit.settings.SettingsAutoConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The settings of a service, whose client is connected to the etcd API of a member for tests. */
@ExtendWith(OutputCaptureExtension.class)
class ServiceSettingsTest {

    private static final SettingDeclaration<Duration> DEADLINE = SettingDeclaration.duration(
            "deadline.charge", Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofHours(1), "of the saga");
    private static final String KEY = "/settings/order-service/deadline.charge";

    private final EtcdApi api = new EtcdApi();
    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withPropertyValues(
                    "spring.application.name=order-service",
                    "orderly.coordinator.client.timeout=500ms",
                    "orderly.coordinator.client.endpoints=127.0.0.1:" + api.port())
            .withConfiguration(AutoConfigurations.of(
                    CoordinatorClientAutoConfiguration.class,
                    CoordinatorSettingsAutoConfiguration.class,
                    SettingsAutoConfiguration.class));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aServiceAppliesAValueThatAnotherInstanceStored() {
        service.run(first -> service.run(second -> {
            LiveSetting<Duration> deadline = second.getBean(LiveSettings.class).declare(DEADLINE);
            assertThat(deadline.get()).isEqualTo(Duration.ofSeconds(60));
            SettingStore store = first.getBean(SettingStore.class);

            assertThat(store.change(DEADLINE, "30s", "ada", 0L)).isInstanceOf(Result.Changed.class);
            await().until(deadline::get, Duration.ofSeconds(30)::equals);

            assertThat(store.change(DEADLINE, "20s", "bob", 0L)).isEqualTo(new Result.Conflict());
            assertThat(store.history("deadline.charge"))
                    .extracting(change -> change.by() + ": " + change.to())
                    .containsExactly("ada: 30s");
            assertThat(store.change(DEADLINE, null, "bob", null)).isInstanceOf(Result.Changed.class);
            await().until(deadline::get, Duration.ofSeconds(60)::equals);
        }));
    }

    @Test
    void anInvalidValueThatAnotherClientStoredIsIgnoredWithAnAlarm(CapturedOutput output) {
        service.run(context -> {
            MeterRegistry meters = new SimpleMeterRegistry();
            context.getBean(MeterBinder.class).bindTo(meters);
            api.put(KEY, "30s");
            LiveSetting<Duration> deadline = context.getBean(LiveSettings.class).declare(DEADLINE);
            await().until(deadline::get, Duration.ofSeconds(30)::equals);

            api.put(KEY, "soon");
            await().until(() -> invalid(meters) == 1);
            assertThat(deadline.get()).isEqualTo(Duration.ofSeconds(30));
            assertThat(output.getAll()).containsOnlyOnce("'soon' is not valid");

            api.put(KEY, "20s");
            await().until(() -> invalid(meters) == 0);
            assertThat(deadline.get()).isEqualTo(Duration.ofSeconds(20));
        });
    }

    @Test
    void whileTheCoordinatorIsAwayTheLastValueStaysAndNothingCanBeChanged() {
        service.run(context -> {
            LiveSetting<Duration> deadline = context.getBean(LiveSettings.class).declare(DEADLINE);
            api.put(KEY, "30s");
            await().until(deadline::get, Duration.ofSeconds(30)::equals);

            api.close();

            SettingStore store = context.getBean(SettingStore.class);
            assertThat(store.change(DEADLINE, "20s", "ada", null)).isInstanceOf(Result.Failed.class);
            assertThatExceptionOfType(SettingStoreException.class).isThrownBy(() -> store.history("deadline.charge"));
            assertThat(deadline.get()).isEqualTo(Duration.ofSeconds(30));
        });
    }

    private static double invalid(MeterRegistry meters) {
        return meters.get("orderly.settings.invalid").gauge().value();
    }
}
