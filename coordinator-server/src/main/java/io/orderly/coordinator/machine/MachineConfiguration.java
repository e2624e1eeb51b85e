package io.orderly.coordinator.machine;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The machine of this process. */
@Configuration(proxyBeanMethods = false)
class MachineConfiguration {

    @Bean
    Machine machine() {
        return Machine.LOCAL;
    }
}
