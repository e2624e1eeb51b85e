package io.orderly.kit.testing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The beans that the kit's web support needs in a {@code @WebMvcTest}. */
@TestConfiguration(proxyBeanMethods = false)
public class ControllerSlice {

    @Bean
    MeterRegistry meterRegistry() {
        return new SimpleMeterRegistry();
    }
}
