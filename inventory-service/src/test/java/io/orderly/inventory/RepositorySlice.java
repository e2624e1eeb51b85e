package io.orderly.inventory;

import io.orderly.backends.SharedBackends;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The base of repository tests: the JPA repositories on a migrated, empty PostgreSQL. Each test is rolled back. */
@DataJpaTest(
        properties = {
            "spring.test.database.replace=none",
            // a context sets the log levels of its JVM: those of InventoryIntegrationTest stay as they are
            "logging.level.io.orderly.kit=off"
        })
public abstract class RepositorySlice {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        SharedBackends.freshDatabase("inventory_repositories")
                .springProperties()
                .forEach((name, value) -> registry.add(name, () -> value));
    }
}
