package io.orderly.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The migration of review ids from an identity column to a sequence. */
class ReviewIdsIntegrationTest {

    private static final int ALLOCATION_SIZE = 100;

    private DriverManagerDataSource dataSource;
    private JdbcClient jdbc;

    @BeforeEach
    void migrateToTheVersionBefore() {
        Database database = SharedBackends.freshDatabase("reviews");
        dataSource = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        jdbc = JdbcClient.create(dataSource);
        migrateTo("2");
    }

    @Test
    void continueAfterTheHighestExistingId() {
        jdbc.sql("""
                        insert into products (sku, name, description, category, price, currency)
                        values ('A', 'A test', 'For tests only', 'TOYS', 10.00, 'EUR')""").update();
        jdbc.sql("""
                        insert into reviews (sku, author, rating, body, written_on)
                        select 'A', 'Ada', 5, 'Good.', current_date from generate_series(1, 250)""").update();

        migrateTo("3");

        assertThat(firstIdOfTheNextBlock()).isEqualTo(251);
    }

    @Test
    void startAtOneInAnEmptyTable() {
        migrateTo("3");

        assertThat(jdbc.sql("select nextval('review_ids')").query(Long.class).single())
                .isEqualTo(1);
    }

    private long firstIdOfTheNextBlock() {
        long last = jdbc.sql("select nextval('review_ids')").query(Long.class).single();
        return last - ALLOCATION_SIZE + 1;
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .target(MigrationVersion.fromVersion(version))
                .load()
                .migrate();
    }
}
