package io.orderly.coordinator.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.util.FileSystemUtils;

/**
 * Patroni decides by the coordinator which of two PostgreSQL servers is the primary. Takes about a minute and a half, so it runs with
 * {@code -Dcompatibility=full} only.
 */
@Tag("system")
@EnabledIfSystemProperty(named = "compatibility", matches = "full")
class PatroniFailoverIntegrationTest {

    private static final Duration BOOTSTRAP = Duration.ofSeconds(120);
    private static final Duration FAILOVER = Duration.ofSeconds(90);

    @Test
    void theStandbyTakesOverWithAllAcknowledgedWritesWhenThePrimaryIsKilled() throws Exception {
        assumeTrue(PatroniNode.isInstalled(), PatroniNode.MISSING);
        Path folder = Files.createTempDirectory(
                "patroni", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Path members = Files.createDirectory(folder.resolve("members"));
        try (Cluster cluster = Clusters.second(3, members);
                PatroniNode one = new PatroniNode("one", folder, cluster.ports());
                PatroniNode two = new PatroniNode("two", folder, cluster.ports())) {
            await().atMost(BOOTSTRAP)
                    .until(() -> one.isPrimary() && two.isSynchronousStandby()
                            || two.isPrimary() && one.isSynchronousStandby());
            PatroniNode primary = one.isPrimary() ? one : two;
            PatroniNode standby = primary == one ? two : one;
            execute(primary, "CREATE TABLE orders (number bigint PRIMARY KEY)");

            List<Long> acknowledged = new ArrayList<>();
            AtomicBoolean isKilled = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> write(primary, acknowledged, isKilled));
            await().until(() -> size(acknowledged) >= 500);
            isKilled.set(true);
            primary.kill();
            writer.join(FAILOVER);

            await().atMost(FAILOVER).until(standby::isPrimary);
            assertThat(numbers(standby)).containsAll(acknowledged);
            execute(standby, "INSERT INTO orders VALUES (-1)");
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    /** Writes until the server is killed. */
    private static void write(PatroniNode primary, List<Long> acknowledged, AtomicBoolean isKilled) {
        try (Connection connection = connect(primary);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?)")) {
            for (long number = 0; ; number++) {
                insert.setLong(1, number);
                insert.executeUpdate();
                synchronized (acknowledged) {
                    acknowledged.add(number);
                }
            }
        } catch (SQLException e) {
            if (!isKilled.get()) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static int size(List<Long> acknowledged) {
        synchronized (acknowledged) {
            return acknowledged.size();
        }
    }

    private static List<Long> numbers(PatroniNode node) throws SQLException {
        try (Connection connection = connect(node);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT number FROM orders")) {
            List<Long> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }

    private static void execute(PatroniNode node, String sql) throws SQLException {
        try (Connection connection = connect(node);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(PatroniNode node) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(node.port()));
    }
}
