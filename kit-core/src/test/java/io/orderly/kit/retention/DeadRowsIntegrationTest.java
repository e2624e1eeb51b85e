package io.orderly.kit.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DeadRowsIntegrationTest {

    @Test
    void deletedRowsAreDeadUntilTheyAreVacuumed() {
        Database database = SharedBackends.freshDatabase("dead_rows");
        JdbcClient jdbc = JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
        var meters = new SimpleMeterRegistry();
        new RetentionAutoConfiguration().retentionSweeper(List.of(), Duration.ofMinutes(1), jdbc, meters);
        Gauge deadRows = meters.get("orderly.database.dead-rows").gauge();
        assertThat(deadRows.value()).isZero();

        jdbc.sql("create table letters (id int) with (autovacuum_enabled = off)")
                .update();
        jdbc.sql("insert into letters select generate_series(1, 10)").update();
        jdbc.sql("delete from letters where id > 3").update();
        // PostgreSQL collects its statistics with a delay
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(deadRows.value()).isEqualTo(7));

        jdbc.sql("vacuum letters").update();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(deadRows.value()).isZero());
    }
}
