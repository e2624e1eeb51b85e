package io.orderly.kit.settings;

import static io.orderly.kit.settings.SettingDeclarationTest.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderly.coordinator.client.autoconfigure.CoordinatorClientAutoConfiguration;
import io.orderly.kit.settings.SettingView.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SettingsAutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withPropertyValues("spring.application.name=order-service")
            .withConfiguration(
                    AutoConfigurations.of(CoordinatorClientAutoConfiguration.class, SettingsAutoConfiguration.class));

    @Test
    void appliesConfiguredValuesWithoutACoordinator() {
        runner.withPropertyValues("orderly.coordinator.client.enabled=false").run(context -> {
            LiveSettings settings = context.getBean(LiveSettings.class);
            assertThat(settings.declare(DEADLINE).get()).isEqualTo(Duration.ofSeconds(60));
            assertThatIllegalArgumentException().isThrownBy(() -> settings.declare(DEADLINE));
            SettingsEndpoint endpoint = context.getBean(SettingsEndpoint.class);
            SettingView view = new SettingView(
                    "deadline.charge",
                    "60000ms",
                    Source.CONFIGURED,
                    0,
                    "60000ms",
                    "1000ms to 3600000ms",
                    "of the saga",
                    null);
            assertThat(endpoint.all()).isEqualTo(Map.of("settings", List.of(view)));
            assertThat(endpoint.change("deadline.charge", "30s", "ada", null).getStatus())
                    .isEqualTo(503);
            assertThat(endpoint.change("unknown", "30s", "ada", null).getStatus())
                    .isEqualTo(404);
            assertThat(settings.invalid()).isZero();
        });
    }

    @Test
    void startsWithConfiguredValuesWhileNoMemberCanBeReached() {
        runner.withPropertyValues(
                        "orderly.coordinator.client.endpoints=127.0.0.1:1", "orderly.coordinator.client.timeout=200ms")
                .run(context -> {
                    assertThat(context.getBean(LiveSettings.class)
                                    .declare(DEADLINE)
                                    .get())
                            .isEqualTo(Duration.ofSeconds(60));
                    SettingsEndpoint endpoint = context.getBean(SettingsEndpoint.class);
                    assertThat(endpoint.change("deadline.charge", "2h", "ada", null)
                                    .getStatus())
                            .isEqualTo(422);
                    assertThat(endpoint.change("deadline.charge", "2m", "ada", null)
                                    .getStatus())
                            .isEqualTo(503);
                });
    }
}
