package io.orderly.inventory.shards;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.Database;
import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.FreePort;
import io.orderly.backends.SharedBackends;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.inventory.InventoryServiceApplication;
import io.orderly.kit.testing.EtcdProcess;
import io.orderly.kit.testing.ServiceProcess;
import io.orderly.partitions.range.MalformedRangeMapException;
import io.orderly.partitions.range.RangeMap;
import io.orderly.partitions.range.RangeMapText;
import io.orderly.partitions.range.ShardId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The process of an instance with a coordinator is killed with SIGKILL during splits and merges, between any two of their steps: the map is
 * published, the rows are moved, the transaction is committed, the request is answered. Locks of the test stop the process there.
 *
 * <p>By default it is killed once between two steps, in splits and merges by turns, with which of them first left to chance; with {@code
 * -Dcrashes=all} during both.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShardCrashIntegrationTest {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String KEY = "/ranges/inventory-service/map";
    private static final String NAME = "instance";
    private static final String CUT = "KIT";
    private static final int CHANGES_AT_EACH_BORDER = "all".equals(System.getProperty("crashes")) ? 2 : 1;

    @TempDir
    private static Path folder;

    private final int port = FreePort.find();
    private final HttpClient client = HttpClient.newHttpClient();
    private EtcdProcess etcd;
    private EmbeddedKafka broker;
    private Database database;
    private SingleConnectionDataSource connection;
    private JdbcClient jdbc;
    private ShardAudit audit;
    private LeashedProcess process;

    /** Where the process is killed. */
    enum Border {
        /** It waits to read the map in force. */
        BEFORE_THE_PUBLICATION("lock table shard_map in access exclusive mode", "select map from shard_map"),
        /** It waits to begin the move. */
        AFTER_THE_PUBLICATION("select 1 from shard_map for update", "select map from shard_map for update"),
        /** It has moved all rows, and waits to write the map. */
        BEFORE_THE_COMMIT("lock table shard_map in share mode", "update shard_map%"),
        /** It waits to count what is in the shards, for its answer. */
        AFTER_THE_COMMIT("lock table stock in access exclusive mode", "%from stock group by tableoid%");

        private final String lock;
        private final String waiting;

        Border(String lock, String waiting) {
            this.lock = lock;
            this.waiting = waiting;
        }
    }

    @BeforeAll
    void start() {
        etcd = EtcdProcess.start(folder, FreePort.find());
        broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        database = SharedBackends.freshDatabase("shard_crash");
        connection = new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true);
        jdbc = JdbcClient.create(connection);
        audit = new ShardAudit(jdbc);
        startInstance();
        jdbc.sql("""
                        insert into reservations (order_id, sku, quantity, state)
                        select gen_random_uuid(), sku, 1, state from stock, unnest(array['RESERVED', 'SHIPPED', 'RELEASED']) as state
                         where on_hand >= 2""").update();
        jdbc.sql("update stock set reserved = 1, shipped = 1, on_hand = on_hand - 2 where on_hand >= 2")
                .update();
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("ShardCrashIntegrationTest: rerun with -Dseed=" + seed);
        if (new Random(seed).nextBoolean()) {
            await("the first change is a merge")
                    .until(() -> post("splits", splitting()).join().statusCode() == 200);
        }
    }

    @AfterAll
    void stop() {
        client.close();
        if (connection != null) {
            connection.destroy();
        }
        if (process != null) {
            process.kill();
        }
        if (broker != null) {
            broker.close();
        }
        if (etcd != null) {
            etcd.process().kill();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAKillMapAndRowsAgreeAndTheSplitOrTheMergeCanBeDone(Border border) throws Exception {
        for (int change = 0; change < CHANGES_AT_EACH_BORDER; change++) {
            RangeMap before = map();
            ShardId left = before.ranges().getFirst().shard();
            if (before.ranges().size() == 1) {
                killAt(border, "splits", splitting(), before.split(CUT, new ShardId(left.value() == 1 ? 2 : 1)));
            } else {
                ShardId right = before.ranges().getLast().shard();
                String body = "{\"left\":%s,\"right\":%s}".formatted(left, right);
                killAt(border, "merges", body, before.merge(left, right));
            }
        }
    }

    private static String splitting() {
        return "{\"at\":\"%s\"}".formatted(CUT);
    }

    /** Kills the process at the border of a change, starts it again, and repeats the change if it was not published. */
    private void killAt(Border border, String change, String body, RangeMap next) throws Exception {
        RangeMap before = map();
        List<Long> rows = audit.rows();
        long units = units();
        String published = etcd.get(KEY);
        assertThat(published).isEqualTo(RangeMapText.write(before));

        try (Connection first = connect();
                Connection second = connect()) {
            Request request;
            if (border == Border.AFTER_THE_COMMIT) {
                // its own lock of the rows comes first, then that of the test, and then that for its answer
                execute(first, Border.BEFORE_THE_COMMIT.lock);
                request = new Request(change, body);
                request.awaitAt(Border.BEFORE_THE_COMMIT);
                CompletableFuture<Void> lock = CompletableFuture.runAsync(() -> execute(second, border.lock));
                await("the lock is next").until(() -> waits("%", border.lock));
                first.rollback();
                lock.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
            } else {
                execute(first, border.lock);
                request = new Request(change, body);
            }
            request.awaitAt(border);
            process.kill();
            assertThat(request.answer.handle((_, failure) -> failure).join())
                    .as("no answer")
                    .isNotNull();
        }
        await("PostgreSQL has ended its transactions")
                .until(() -> jdbc.sql("select count(*) from pg_stat_activity where application_name = ?")
                                .param(NAME)
                                .query(Long.class)
                                .single()
                        == 0);

        RangeMap inForce = border == Border.AFTER_THE_COMMIT ? next : before;
        assertThat(map()).isEqualTo(inForce);
        assertThat(etcd.get(KEY))
                .isEqualTo(RangeMapText.write(border == Border.BEFORE_THE_PUBLICATION ? before : next));
        assertRows(inForce, rows, units);

        startInstance();
        if (border == Border.BEFORE_THE_PUBLICATION) {
            assertThat(map()).isEqualTo(before);
            // it may have to see first what is published
            await("the change is repeated")
                    .until(() -> post(change, body).join().statusCode() == 200);
        }
        await("the next map is in force").until(() -> map().equals(next));
        assertThat(etcd.get(KEY)).isEqualTo(RangeMapText.write(next));
        assertRows(next, rows, units);
    }

    /** A request for a change; it is repeated while it is refused because the process has not seen yet what is published. */
    private final class Request {

        private final String change;
        private final String body;
        private CompletableFuture<HttpResponse<String>> answer;

        Request(String change, String body) {
            this.change = change;
            this.body = body;
            answer = post(change, body);
        }

        void awaitAt(Border border) {
            await("the process is at the border").until(() -> {
                if (answer.isDone()) {
                    assertThat(answer.join().statusCode()).isEqualTo(503);
                    answer = post(change, body);
                }
                return waits(NAME, border.waiting);
            });
        }
    }

    private void assertRows(RangeMap map, List<Long> rows, long units) {
        assertThat(audit.rows()).isEqualTo(rows);
        assertThat(units()).isEqualTo(units);
        audit.assertConsistent(map);
    }

    private void startInstance() {
        process = ServiceProcess.start(
                InventoryServiceApplication.class,
                folder,
                NAME,
                database,
                broker,
                Map.of(
                        "SERVER_PORT", Integer.toString(port),
                        "ORDERLY_SHARDS_CHECKINTERVAL", "1h",
                        "ORDERLY_SHARDS_LOCKTIMEOUT", "1m",
                        "ORDERLY_SHARDS_LONGESTMOVE", "10m",
                        "ORDERLY_PARTITIONS_ENABLED", "false",
                        "ORDERLY_COORDINATOR_CLIENT_ENABLED", "true",
                        "ORDERLY_COORDINATOR_CLIENT_ENDPOINTS", etcd.endpoint()));
        await("it answers, and a map is published")
                .ignoreExceptions()
                .until(() -> client.send(request("").build(), BodyHandlers.discarding())
                                        .statusCode()
                                == 200
                        && !etcd.get(KEY).isEmpty());
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body) {
        return client.sendAsync(
                request("/" + path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/shards" + path))
                .timeout(LONG);
    }

    private RangeMap map() throws MalformedRangeMapException {
        return RangeMapText.read(
                jdbc.sql("select map from shard_map").query(String.class).single());
    }

    private long units() {
        return jdbc.sql("select sum(on_hand + reserved + shipped) from stock")
                .query(Long.class)
                .single();
    }

    private boolean waits(String application, String query) {
        return jdbc.sql("""
                        select exists (select from pg_stat_activity
                                        where wait_event_type = 'Lock' and datname = current_database()
                                          and application_name like ? and query like ?)""").params(application, query).query(Boolean.class).single();
    }

    private Connection connect() throws SQLException {
        Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
        connection.setAutoCommit(false);
        return connection;
    }

    private static void execute(Connection connection, String statement) {
        try (Statement one = connection.createStatement()) {
            one.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static ConditionFactory await(String condition) {
        return Awaitility.await(condition).atMost(LONG);
    }
}
