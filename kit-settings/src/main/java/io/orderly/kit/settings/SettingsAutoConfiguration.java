package io.orderly.kit.settings;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Provides the settings of the service; without a {@link SettingStore}, the configured values apply. */
@AutoConfiguration
public class SettingsAutoConfiguration {

    @Bean
    LiveSettings liveSettings(ObjectProvider<SettingStore> store) {
        return new LiveSettings(store.getIfAvailable());
    }

    @Bean
    SettingsEndpoint settingsEndpoint(LiveSettings settings, ObjectProvider<SettingStore> store) {
        return new SettingsEndpoint(settings, store.getIfAvailable());
    }

    @Bean
    MeterBinder invalidSettings(LiveSettings settings) {
        return meters -> Gauge.builder("orderly.settings.invalid", settings, LiveSettings::invalid)
                .description("Settings whose stored value is ignored because it is not valid")
                .register(meters);
    }
}
