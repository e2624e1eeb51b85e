package io.orderly.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.backends.Database;
import io.orderly.backends.SharedBackends;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RelaySignalsIntegrationTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String LISTENERS = "query = 'listen outbox' and datname = current_database()";
    private static final Duration RETRY = Duration.ofMillis(20);

    private final AtomicInteger wakeUps = new AtomicInteger();
    private JdbcClient jdbc;
    private RelaySignals sender;
    private RelaySignals receiver;

    @BeforeEach
    void start() {
        Database database = SharedBackends.freshDatabase("signals");
        DataSource dataSource =
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        jdbc = JdbcClient.create(dataSource);
        sender = new RelaySignals(dataSource, () -> {}, RETRY, true);
        receiver = new RelaySignals(dataSource, wakeUps::incrementAndGet, RETRY, true);
        sender.start();
        receiver.start();
        await().atMost(TIMEOUT).until(() -> listeners() == 2);
    }

    @AfterEach
    void stop() {
        sender.stop();
        receiver.stop();
    }

    @Test
    void aSignalWakesTheRelayOfAnotherInstance() {
        int before = wakeUps.get();

        sender.signal();

        await().atMost(TIMEOUT).until(() -> wakeUps.get() > before);
    }

    @Test
    void wakesTheRelayWhenItListensAgainAfterItsConnectionWasTerminated() {
        int before = wakeUps.get();

        jdbc.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where " + LISTENERS)
                .query(Long.class)
                .single();

        await().atMost(TIMEOUT).until(() -> wakeUps.get() > before);
        int again = wakeUps.get();
        sender.signal();
        await().atMost(TIMEOUT).until(() -> wakeUps.get() > again);
    }

    @Test
    void anInstanceWithoutOthersUsesNoConnection() {
        sender.stop();
        receiver.stop();
        await().atMost(TIMEOUT).until(() -> listeners() == 0);
        var alone = new RelaySignals(
                new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none"), () -> {}, RETRY, false);

        alone.start();
        alone.signal();
        alone.stop();

        assertThat(alone.isRunning()).isFalse();
    }

    private long listeners() {
        return jdbc.sql("select count(*) from pg_stat_activity where " + LISTENERS)
                .query(Long.class)
                .single();
    }
}
