package io.orderly.order;

import io.orderly.backends.SharedBackends;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The base of repository tests: the JPA repositories on a migrated, empty PostgreSQL. Each test is rolled back. */
@DataJpaTest(properties = "spring.test.database.replace=none")
public abstract class RepositorySlice {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        SharedBackends.freshDatabase("order_repositories")
                .springProperties()
                .forEach((name, value) -> registry.add(name, () -> value));
    }
}
