package io.orderly.coordinator.settings;

import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.autoconfigure.CoordinatorClientAutoConfiguration;
import io.orderly.kit.settings.SettingStore;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** Keeps the settings of the service in the coordinator, if the service has a client of it. */
@AutoConfiguration(after = CoordinatorClientAutoConfiguration.class)
@ConditionalOnBean(CoordinatorClient.class)
public class CoordinatorSettingsAutoConfiguration {

    @Bean
    SettingStore coordinatorSettings(CoordinatorClient client, @Value("${spring.application.name}") String service) {
        return new CoordinatorSettings(client, new SettingKeys(service), InstantSource.system());
    }
}
