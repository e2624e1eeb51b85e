package io.orderly.shipping;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Spring MVC with the kit's validation and problem details, for tests of single controllers. Its auto-configurations are
 * listed under {@code META-INF/spring}, because the kit's are not public. Not a {@code @Configuration}, so that component
 * scans of other tests do not find it.
 */
@ImportAutoConfiguration
public class WebSlice {

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }
}
