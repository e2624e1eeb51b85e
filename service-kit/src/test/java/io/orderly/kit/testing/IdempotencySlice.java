package io.orderly.kit.testing;

import static org.mockito.Mockito.mock;

import javax.sql.DataSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Enables the kit's idempotency keys in a {@code @WebMvcTest}, which must replace {@code IdempotencyKeys} by a mock. */
@TestConfiguration(proxyBeanMethods = false)
public class IdempotencySlice {

    /** Never connected: the kit resolves idempotency keys only if there is a data source. */
    @Bean
    DataSource dataSource() {
        return mock(DataSource.class);
    }
}
