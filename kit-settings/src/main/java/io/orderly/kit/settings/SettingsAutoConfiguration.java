package io.orderly.kit.settings;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.autoconfigure.CoordinatorClientAutoConfiguration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Provides the settings of the service; without a client of the coordinator, the configured values apply. */
@AutoConfiguration(after = CoordinatorClientAutoConfiguration.class)
public class SettingsAutoConfiguration {

    private final SettingKeys keys;
    private final @Nullable CoordinatorClient client;

    SettingsAutoConfiguration(
            @Value("${spring.application.name}") String service, ObjectProvider<CoordinatorClient> client) {
        keys = new SettingKeys(service);
        this.client = client.getIfAvailable();
    }

    @Bean
    LiveSettings liveSettings() {
        return new LiveSettings(keys, client);
    }

    @Bean
    SettingsEndpoint settingsEndpoint(LiveSettings settings) {
        SettingChanges changes = client == null
                ? null
                : new SettingChanges(SettingChanges.Keys.of(client), keys, InstantSource.system());
        return new SettingsEndpoint(settings, changes);
    }

    @Bean
    MeterBinder invalidSettings(LiveSettings settings) {
        return meters -> Gauge.builder("orderly.settings.invalid", settings, LiveSettings::invalid)
                .description("Settings whose stored value is ignored because it is not valid")
                .register(meters);
    }
}
