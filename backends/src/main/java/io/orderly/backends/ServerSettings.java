package io.orderly.backends;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of both servers, the same in processes of {@code ./run}, in containers of a test, and in
 * {@code docker-compose.yml}, which a test compares with them. Addresses and data folders differ and are not part of them.
 */
final class ServerSettings {

    /** PostgreSQL's settings by name: durable, and with prepared transactions. */
    static final SortedMap<String, String> POSTGRESQL = sorted(
            "fsync", "on",
            "full_page_writes", "on",
            "synchronous_commit", "on",
            "max_prepared_transactions", "256",
            "max_connections", "200",
            "shared_buffers", "128MB",
            // The session of a client whose machine died, and its locks, end after 25 s and not after two hours.
            "tcp_keepalives_count", "3",
            "tcp_keepalives_idle", "10",
            "tcp_keepalives_interval", "5",
            "timezone", "UTC",
            "log_timezone", "UTC");

    /** Kafka's settings by name, for a single broker without automatic creation of topics. */
    static final SortedMap<String, String> KAFKA = sorted(
            "auto.create.topics.enable", "false",
            "num.partitions", "8",
            "default.replication.factor", "1",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            // Few threads: the broker shares a small machine with all its clients.
            "num.network.threads", "1",
            "num.io.threads", "2",
            "group.coordinator.threads", "1",
            "share.coordinator.threads", "1",
            // A broker that was killed may come back only when its last session is over: by default after 9 s.
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500",
            // Few internal partitions, small buffers and no waiting for further members: one node starts and serves
            // faster.
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.num.partitions", "4",
            "log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20),
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "1000",
            "group.consumer.min.session.timeout.ms", "1000",
            "group.consumer.min.heartbeat.interval.ms", "500");

    /**
     * Kafka's settings by name that replace those of a single broker, if three brokers replicate each other's partitions: a record that was
     * acknowledged is on at least two of them.
     */
    static final SortedMap<String, String> REPLICATED_KAFKA = sorted(
            "default.replication.factor", "3",
            "min.insync.replicas", "2",
            "offsets.topic.replication.factor", "3",
            "transaction.state.log.replication.factor", "3",
            "transaction.state.log.min.isr", "2",
            "share.coordinator.state.topic.replication.factor", "3",
            "share.coordinator.state.topic.min.isr", "2");

    /** Options of {@code initdb} for a cluster with the same sort order on every system. */
    static final String[] INITDB = {
        "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale"
    };

    private ServerSettings() {}

    private static SortedMap<String, String> sorted(String... namesAndValues) {
        SortedMap<String, String> settings = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Collections.unmodifiableSortedMap(settings);
    }
}
