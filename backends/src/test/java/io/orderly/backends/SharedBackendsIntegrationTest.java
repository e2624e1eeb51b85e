package io.orderly.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** All kinds of servers have the same settings. */
class SharedBackendsIntegrationTest {

    @Test
    void postgreSqlHasItsSettings() throws SQLException {
        Map<String, String> settings = new TreeMap<>(ServerSettings.POSTGRESQL);
        settings.remove("timezone"); // the driver sets it for its session
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            assertThat(query("SHOW " + setting.getKey())).as(setting.getKey()).isEqualTo(setting.getValue());
        }
    }

    @Test
    void kafkaHasItsSettings() throws Exception {
        try (Admin admin = admin()) {
            String node =
                    admin.describeCluster().nodes().get().iterator().next().idString();
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node);
            Config config = admin.describeConfigs(List.of(broker)).all().get().get(broker);
            ServerSettings.KAFKA.forEach((name, value) ->
                    assertThat(config.get(name).value()).as(name).isEqualTo(value));
        }
    }

    /** Embedded servers listen on any free port, and this cluster id is Testcontainers'. */
    @Test
    @EnabledIfSystemProperty(named = "orderly.test.backends", matches = "containers")
    void areContainersIfConfigured() throws Exception {
        assertThat(query("SELECT inet_server_port()")).isEqualTo("5432");
        try (Admin admin = admin()) {
            assertThat(admin.describeCluster().clusterId().get()).isEqualTo("4L6g3nShT-eMCtK--X86sw");
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", SharedBackends.kafka().bootstrapServers()));
    }

    private static String query(String query) throws SQLException {
        Database database = SharedBackends.freshDatabase("settings");
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
