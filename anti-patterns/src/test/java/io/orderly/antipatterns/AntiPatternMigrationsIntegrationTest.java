package io.orderly.antipatterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.Location;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Migrations of one database with and without the module, in any order, with the settings of the order-service. */
class AntiPatternMigrationsIntegrationTest extends OrderServiceIntegrationTest {

    @Autowired
    Flyway ofTheService;

    private DriverManagerDataSource dataSource;
    private JdbcClient database;

    @BeforeEach
    void createDatabase() {
        Database fresh = SharedBackends.freshDatabase("migrated");
        dataSource = new DriverManagerDataSource(fresh.jdbcUrl(), fresh.username(), fresh.password());
        database = JdbcClient.create(dataSource);
    }

    @Test
    void tablesAreCreatedByTheModuleAndKeptWithoutIt() {
        withoutTheModule().migrate();
        assertThat(hasTable("transaction_decisions")).isFalse();

        ofTheService(ofTheService.getConfiguration().getLocations()).migrate();
        assertThat(hasTable("transaction_decisions")).isTrue();
        assertThat(hasTable("committed_branches")).isTrue();

        withoutTheModule().migrate();
        ofTheService(ofTheService.getConfiguration().getLocations()).migrate();
        assertThat(hasTable("transaction_decisions")).isTrue();
    }

    /** In earlier releases the tables were migrations of the kit and the service, with other versions. */
    @Test
    void tablesOfAnEarlierReleaseAreReused() {
        withoutTheModule().migrate();
        database.sql("create table rolled_back_branches (transaction_id uuid primary key, rolled_back_at timestamptz)")
                .update();
        database.sql(
                        "create table transaction_decisions (transaction_id uuid primary key, verdict text, decided_at timestamptz)")
                .update();
        appliedBefore(50, "0.3", "V0.3__rolled_back_branches.sql");
        appliedBefore(51, "2", "V2__transaction_decisions.sql");
        database.sql("insert into transaction_decisions values (?, 'COMMIT', now())")
                .param(UUID.randomUUID())
                .update();

        withoutTheModule().migrate();
        ofTheService(ofTheService.getConfiguration().getLocations()).migrate();

        assertThat(database.sql("select count(*) from transaction_decisions")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(hasTable("committed_branches")).isTrue();
    }

    private void appliedBefore(int rank, String version, String script) {
        database.sql("""
                        insert into flyway_schema_history
                            (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                        values (?, ?, 'from before', 'SQL', ?, 1, 'orders', 1, true)""").params(rank, version, script).update();
    }

    private Flyway withoutTheModule() {
        return ofTheService(Stream.of(ofTheService.getConfiguration().getLocations())
                .filter(location -> !location.toString().contains("anti-patterns"))
                .toArray(Location[]::new));
    }

    private Flyway ofTheService(Location[] locations) {
        return Flyway.configure()
                .configuration(ofTheService.getConfiguration())
                .dataSource(dataSource)
                .locations(locations)
                .load();
    }

    private boolean hasTable(String name) {
        return database.sql("select exists (select from information_schema.tables where table_name = ?)")
                .param(name)
                .query(Boolean.class)
                .single();
    }
}
