package io.orderly.lab.bench;

import io.orderly.backends.Database;
import io.orderly.contracts.Topic;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;

/** The durability settings of PostgreSQL and Kafka, as reported by the servers. */
final class DurabilitySettings {

    private static final List<String> POSTGRESQL =
            List.of("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "commit_delay");

    private static final List<String> KAFKA =
            List.of("min.insync.replicas", "flush.messages", "flush.ms", "unclean.leader.election.enable");

    private DurabilitySettings() {}

    static Map<String, String> of(Database database, String bootstrapServers) throws InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement()) {
            for (String name : POSTGRESQL) {
                try (var row = statement.executeQuery("show " + name)) {
                    row.next();
                    settings.put("postgresql " + name, row.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the settings of PostgreSQL", e);
        }
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.ORDER_EVENTS.topicName());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Config config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
            KAFKA.forEach(name -> settings.put("kafka " + name, config.get(name).value()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read the settings of Kafka", e);
        }
        return settings;
    }
}
