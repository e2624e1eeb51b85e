package io.orderly.backends;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL server and one Kafka broker per JVM, for tests. Each is started on first use and ends
 * after the JVM has ended, so that an application context that closes in a shutdown hook still finds both. They start
 * empty, and their files are deleted.
 *
 * <p>They are embedded, unless the system property {@code orderly.test.backends} is {@code containers}: then they are
 * the images that {@code docker-compose.yml} names, run by Testcontainers.
 *
 * <p>Safe for use by many threads.
 */
public final class SharedBackends {

    private static final boolean CONTAINERS = askedForContainers();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private SharedBackends() {}

    public static PostgreSqlServer postgres() {
        return PostgreSql.SERVER;
    }

    public static KafkaBroker kafka() {
        return Kafka.BROKER;
    }

    /**
     * A new, empty database.
     *
     * @param prefix how its name begins
     */
    public static Database freshDatabase(String prefix) {
        return postgres().createDatabase(prefix + "_" + DATABASES.incrementAndGet());
    }

    /** The properties that connect a Spring Boot application to a new, empty database and to the broker. */
    public static Map<String, String> springProperties(String databasePrefix) {
        Map<String, String> properties =
                new HashMap<>(freshDatabase(databasePrefix).springProperties());
        properties.putAll(kafka().springProperties());
        return Map.copyOf(properties);
    }

    private static boolean askedForContainers() {
        String kind = System.getProperty("orderly.test.backends", "embedded");
        return switch (kind) {
            case "embedded" -> false;
            case "containers" -> true;
            default ->
                throw new IllegalArgumentException("orderly.test.backends is neither embedded nor containers: " + kind);
        };
    }

    private static final class TemporaryFolder {
        static final Path PATH = Folders.temporary("orderly-test-");
    }

    private static final class PostgreSql {
        static final PostgreSqlServer SERVER = CONTAINERS
                ? ContainerPostgreSql.start()
                : EmbeddedPostgreSql.start(TemporaryFolder.PATH.resolve("postgresql"), 0, StopSignal.QUIT);
    }

    private static final class Kafka {
        static final KafkaBroker BROKER =
                CONTAINERS ? ContainerKafka.start() : EmbeddedKafka.start(TemporaryFolder.PATH.resolve("kafka"), 0);
    }
}
