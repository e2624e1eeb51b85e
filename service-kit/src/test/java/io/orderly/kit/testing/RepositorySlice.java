package io.orderly.kit.testing;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.OrderId;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The base of repository tests: the JPA repositories of a service on a migrated, empty PostgreSQL. Each test is rolled back,
 * unless it says otherwise.
 */
@DataJpaTest(properties = "spring.test.database.replace=none")
public abstract class RepositorySlice {

    @Autowired
    protected JdbcClient jdbc;

    @Autowired
    private TestEntityManager entities;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        SharedBackends.freshDatabase("repositories")
                .springProperties()
                .forEach((name, value) -> registry.add(name, () -> value));
    }

    /** The identifier of an order that no other test uses. */
    protected static OrderId newOrder() {
        return new OrderId(Generators.timeBasedEpochGenerator().generate());
    }

    /** Writes pending changes, so that the next query reads the database. */
    protected void flushAndClear() {
        entities.flush();
        entities.clear();
    }
}
