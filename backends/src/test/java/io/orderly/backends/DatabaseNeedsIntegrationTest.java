package io.orderly.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

/**
 * What a service needs of its database, each as a test. Runs against the database of the tests, or against any other: {@code
 * -Ddatabase.url=jdbc:postgresql://host/orders -Ddatabase.username=orders -Ddatabase.password=…}. There it works in a schema of its own, which it
 * drops.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DatabaseNeedsIntegrationTest {

    private static final String SCHEMA = "needs_" + UUID.randomUUID().toString().replace("-", "");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Database database;

    private final List<Connection> connections = new ArrayList<>();
    private Connection first;
    private Connection second;

    @BeforeAll
    static void createSchema() throws SQLException {
        String url = System.getProperty("database.url");
        database = url == null
                ? SharedBackends.freshDatabase("needs")
                : new Database(
                        url, System.getProperty("database.username", ""), System.getProperty("database.password", ""));
        try (Connection connection = connect()) {
            execute(connection, "create schema " + SCHEMA);
        }
    }

    @AfterAll
    static void dropSchema() throws SQLException {
        if (database != null) {
            try (Connection connection = connect()) {
                execute(connection, "drop schema " + SCHEMA + " cascade");
            }
        }
    }

    @BeforeEach
    void open() throws SQLException {
        first = session();
        second = session();
        execute(
                first,
                "create table items (id bigint generated always as identity primary key, key text unique, value int)");
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : connections) {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.close();
        }
        try (Connection connection = inSchema()) {
            execute(connection, "drop table if exists items, parts cascade");
        }
    }

    @Test
    void isPostgreSql17OrLater() throws SQLException {
        assertThat(number(first, "select current_setting('server_version_num')::int"))
                .isGreaterThanOrEqualTo(170_000);
    }

    @Test
    void commitsAreDurable() throws SQLException {
        assertThat(text(first, "show fsync")).isEqualTo("on");
        assertThat(text(first, "show full_page_writes")).isEqualTo("on");
        assertThat(text(first, "show synchronous_commit")).isIn("on", "remote_apply");
    }

    @Test
    void transactionsAreReadCommitted() throws SQLException {
        assertThat(text(first, "show transaction_isolation")).isEqualTo("read committed");
    }

    @Test
    void textIsUtf8AndSortsByBytesWhereAsked() throws SQLException {
        assertThat(text(first, "show server_encoding")).isEqualTo("UTF8");
        assertThat(
                        text(
                                first,
                                "select string_agg(letter, '' order by letter collate \"C\") from unnest(array['b', 'ä', 'B', 'a']) as letter"))
                .isEqualTo("Babä");
    }

    /** A pooler that gives each transaction another session does not have this property. */
    @Test
    void aConnectionIsOneSession() throws SQLException {
        execute(first, "set enable_seqscan = off");
        execute(first, "select pg_advisory_lock(4711)");
        String backend = text(first, "select pg_backend_pid()");
        for (int i = 0; i < 20; i++) {
            text(
                    second,
                    "select pg_backend_pid()"); // another client, which a pooler could give the session of the first
            // one
            assertThat(text(first, "select pg_backend_pid()")).isEqualTo(backend);
        }
        assertThat(text(first, "show enable_seqscan")).isEqualTo("off");
        assertThat(text(second, "show enable_seqscan")).isEqualTo("on");
        assertThat(text(second, "select pg_try_advisory_lock(4711)")).isEqualTo("f");
        first.close();
        await().atMost(PATIENCE)
                .until(() -> text(second, "select pg_try_advisory_lock(4711)").equals("t"));
    }

    @Test
    void preparedStatementsStayPrepared() throws SQLException {
        first.unwrap(PGConnection.class).setPrepareThreshold(1);
        try (PreparedStatement statement =
                first.prepareStatement("select count(*) from items where id = any(?::bigint[])")) {
            for (int i = 0; i < 5; i++) {
                statement.setObject(1, new Long[] {1L, 2L});
                try (ResultSet result = statement.executeQuery()) {
                    assertThat(result.next()).isTrue();
                }
            }
        }
    }

    /** The inbox and the idempotency keys: the second of two transactions with the same key waits, and then finds it. */
    @Test
    void anInsertOfAKeyWaitsForAnotherTransactionWithTheSameKey() throws Exception {
        String insert = "insert into items (key) values ('same') on conflict do nothing";
        begin(first);
        assertThat(update(first, insert)).isEqualTo(1);

        CompletableFuture<Integer> later = later(() -> update(second, insert));
        awaitWaiting(second);
        first.commit();

        assertThat(later.get()).isZero();
    }

    @Test
    void anInsertOfAKeySucceedsAfterARollback() throws Exception {
        String insert = "insert into items (key) values ('same') on conflict do nothing";
        begin(first);
        update(first, insert);

        CompletableFuture<Integer> later = later(() -> update(second, insert));
        awaitWaiting(second);
        first.rollback();

        assertThat(later.get()).isEqualTo(1);
    }

    /** Fencing tokens and balances: an update that has waited for a row looks at its new version. */
    @Test
    void anUpdateThatHasWaitedSeesTheNewRow() throws Exception {
        execute(first, "insert into items (key, value) values ('token', 1)");
        begin(first);
        update(first, "update items set value = 5 where key = 'token'");

        CompletableFuture<Integer> later =
                later(() -> update(second, "update items set value = 3 where key = 'token' and value < 3"));
        awaitWaiting(second);
        first.commit();

        assertThat(later.get()).isZero();
        assertThat(number(first, "select value from items")).isEqualTo(5);
    }

    @Test
    void lockedRowsCanBeSkipped() throws SQLException {
        execute(first, "insert into items (key) values ('a'), ('b')");
        begin(first);
        text(first, "select key from items where key = 'a' for no key update");

        assertThat(text(
                        second,
                        "select string_agg(key, ',') from (select key from items for update skip locked) as free"))
                .isEqualTo("b");
    }

    @Test
    void advisoryLocksEndWithTheTransaction() throws SQLException {
        begin(first);
        execute(first, "select pg_advisory_xact_lock(42)");
        assertThat(text(second, "select pg_try_advisory_xact_lock(42)")).isEqualTo("f");
        first.commit();
        assertThat(text(second, "select pg_try_advisory_xact_lock(42)")).isEqualTo("t");
    }

    /** The outbox: positions follow the order of an array. */
    @Test
    void identitiesFollowTheOrderOfAnInsert() throws SQLException {
        execute(first, """
                insert into items (key)
                select key from unnest(array['c', 'a', 'b']) with ordinality as appended (key, ordinal) order by ordinal""");

        assertThat(text(first, "select string_agg(key, '' order by id) from items"))
                .isEqualTo("cab");
    }

    @Test
    void theOwnerMayLimitTransactionsAndSteerPlans() throws SQLException {
        begin(first);
        execute(first, """
                select set_config('lock_timeout', '1s', true), set_config('transaction_timeout', '9s', true),
                       set_config('idle_in_transaction_session_timeout', '30s', true), set_config('synchronous_commit', 'on', true),
                       set_config('plan_cache_mode', 'force_generic_plan', true)""");
        first.commit();
        assertThat(text(first, "show lock_timeout")).isEqualTo("0");
    }

    @Test
    void aTransactionThatStaysIdleEnds() throws SQLException {
        begin(first);
        execute(first, "select set_config('idle_in_transaction_session_timeout', '100ms', true)");
        int backend = (int) number(first, "select pg_backend_pid()");

        await().atMost(PATIENCE)
                .until(() -> number(second, "select count(*) from pg_stat_activity where pid = " + backend) == 0);
        assertThatThrownBy(() -> text(first, "select 1")).isInstanceOf(SQLException.class);
    }

    /** Shards: parts of a table are attached and detached in a transaction. */
    @Test
    void partsOfATableAreMovedInATransaction() throws SQLException {
        begin(first);
        execute(first, """
                create table parts (sku text collate "C" primary key) partition by range (sku);
                create table low partition of parts for values from (minvalue) to ('m');
                insert into parts values ('apple');
                alter table parts detach partition low;
                alter table parts attach partition low for values from (minvalue) to ('b')""");
        assertThat(number(first, "select count(*) from parts")).isEqualTo(1);
        first.rollback();
        assertThat(text(first, "select to_regclass('parts')")).isNull();
    }

    @Test
    void aMessageOfAMebibyteFitsInARow() throws SQLException {
        execute(first, "alter table items add body bytea");
        try (PreparedStatement insert = first.prepareStatement("insert into items (body) values (?)")) {
            insert.setBytes(1, new byte[1 << 20]);
            insert.executeUpdate();
        }
        assertThat(number(first, "select octet_length(body) from items")).isEqualTo(1 << 20);
    }

    /** Three instances of a service with twelve connections in their pool each, and some for operators. */
    @Test
    void acceptsTheConnectionsOfThreeInstances() throws SQLException {
        int needed = 3 * 12 + 5;
        assertThat(number(first, "select current_setting('max_connections')::int"))
                .isGreaterThanOrEqualTo(needed);
    }

    @Test
    void endsTheSessionOfAClientThatIsGone() throws SQLException {
        long seconds = number(first, "select current_setting('tcp_keepalives_idle')::int")
                + number(first, "select current_setting('tcp_keepalives_interval')::int")
                        * number(first, "select current_setting('tcp_keepalives_count')::int");
        // 0 over a Unix socket; the default is two hours, for which the locks of a machine that died would stay
        assertThat(seconds).isLessThanOrEqualTo(60);
    }

    /** Without it, messages that another instance has written wait for the next poll of the relay. */
    @Test
    void notificationsArrive() throws SQLException {
        execute(first, "listen " + SCHEMA);
        execute(second, "notify " + SCHEMA);
        assertThat(first.unwrap(PGConnection.class).getNotifications((int) PATIENCE.toMillis()))
                .hasSize(1);
    }

    /** Only for the anti-pattern with two-phase commit. */
    @Test
    void transactionsCanBePrepared() throws SQLException {
        assertThat(number(first, "select current_setting('max_prepared_transactions')::int"))
                .isPositive();
    }

    @Test
    void eachNeedIsInTheDocument() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "database-needs.md"));
        assertThat(Stream.of(getClass().getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(Method::getName)
                        .filter(name -> !name.equals("eachNeedIsInTheDocument")))
                .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
    }

    private interface SqlCall<T> {
        T call() throws SQLException;
    }

    private static <T> CompletableFuture<T> later(SqlCall<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(call.call());
            } catch (SQLException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Waits until a session waits for a lock. */
    private void awaitWaiting(Connection waiting) throws SQLException {
        int backend = waiting.unwrap(PGConnection.class).getBackendPID();
        try (Connection observer = inSchema()) {
            await().atMost(PATIENCE)
                    .until(() ->
                            number(observer, "select count(*) from pg_locks where not granted and pid = " + backend)
                                    > 0);
        }
    }

    private Connection session() throws SQLException {
        Connection connection = inSchema();
        connections.add(connection);
        return connection;
    }

    private static Connection inSchema() throws SQLException {
        Connection connection = connect();
        connection.setSchema(SCHEMA);
        return connection;
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(text(connection, sql));
    }
}
