package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.inventory.ReleaseInventory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.web.client.RestClient;

/** All connections of the pool are in use, including the relay's. */
class PoolExhaustionIntegrationTest extends KitIntegrationTest {

    private static final long SHORT_TIMEOUT_MILLIS = 300;

    private final List<Connection> taken = new ArrayList<>();

    @Autowired
    HikariDataSource pool;

    @LocalServerPort
    int port;

    private long timeoutMillis;

    @BeforeEach
    void shortenConnectionTimeout() {
        timeoutMillis = pool.getHikariConfigMXBean().getConnectionTimeout();
        pool.getHikariConfigMXBean().setConnectionTimeout(SHORT_TIMEOUT_MILLIS);
    }

    @AfterEach
    void restoreConnectionTimeout() throws SQLException {
        returnConnections();
        pool.getHikariConfigMXBean().setConnectionTimeout(timeoutMillis);
    }

    @Test
    void requestsAreRefusedAndMessagesWaitUntilConnectionsAreAvailable() throws SQLException {
        exhaustPool();

        assertThat(statusAndRetryAfter()).containsExactly("503", "2");
        List<OrderId> orders =
                Stream.generate(KitIntegrationTest::newOrder).limit(30).toList();
        orders.forEach(order -> kafka.send(new ReleaseInventory(order)));
        // a consumer is waiting for a connection
        await().until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() > 0);
        assertThat(statusAndRetryAfter()).containsExactly("503", "2");
        assertThat(orders).allSatisfy(order -> assertThat(replies(order)).isEmpty());

        returnConnections();

        await().until(() -> orders.stream().allMatch(order -> replies(order).size() == 1));
        assertThat(orders).allSatisfy(order -> assertThat(effects.of(order)).containsExactly("RELEASE_INVENTORY"));
        assertThat(statusAndRetryAfter()).containsExactly("404", "");
        assertThat(jdbc.sql("select count(*) from dead_letters where message_key = any(?)")
                        .param(orders.stream().map(OrderId::toString).toArray(String[]::new))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private void exhaustPool() {
        var unpooled = JdbcClient.create(new DriverManagerDataSource(
                BACKENDS.get("spring.datasource.url"),
                BACKENDS.get("spring.datasource.username"),
                BACKENDS.get("spring.datasource.password")));
        await().until(() -> {
            takeAllConnections();
            // the relay keeps its connection until it is terminated
            return unpooled.sql("""
                            select count(pg_terminate_backend(pid)) from pg_locks
                             where locktype = 'advisory' and granted
                               and database = (select oid from pg_database where datname = current_database())""").query(Long.class).single() == 0;
        });
    }

    private void takeAllConnections() throws SQLException {
        while (true) {
            try {
                taken.add(pool.getConnection());
            } catch (SQLTransientConnectionException _) {
                return;
            }
        }
    }

    private void returnConnections() throws SQLException {
        for (Connection each : taken) {
            each.close();
        }
        taken.clear();
    }

    /** The response to a request that needs the database. */
    private List<String> statusAndRetryAfter() {
        return RestClient.create("http://localhost:" + port)
                .get()
                .uri("/dead-letters/" + newOrder())
                .exchange((_, response) -> List.of(
                        Integer.toString(response.getStatusCode().value()),
                        String.valueOf(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                                .replace("null", "")));
    }
}
