package io.orderly.backends;

import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A PostgreSQL server from the public image, with the settings of the embedded one. Testcontainers removes it after the JVM has ended. */
final class ContainerPostgreSql implements PostgreSqlServer {

    static final String IMAGE = "postgres:18";

    private final PostgreSqlAddress address;

    private ContainerPostgreSql(PostgreSqlAddress address) {
        this.address = address;
    }

    /** Starts a server and returns when it answers. */
    static ContainerPostgreSql start() {
        // Testcontainers' own command turns fsync off.
        List<String> command = new ArrayList<>(List.of("postgres"));
        ServerSettings.POSTGRESQL.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                .withDatabaseName(PostgreSqlAddress.SUPERUSER)
                .withUsername(PostgreSqlAddress.SUPERUSER)
                .withPassword(PostgreSqlAddress.SUPERUSER)
                .withEnv("POSTGRES_INITDB_ARGS", String.join(" ", ServerSettings.INITDB))
                .withCommand(command.toArray(String[]::new))
                // while the image prepares the data folder, its server listens on a Unix socket only
                .waitingFor(Wait.forSuccessfulCommand("pg_isready --host=127.0.0.1"));
        container.start();
        return new ContainerPostgreSql(new PostgreSqlAddress(
                container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT)));
    }

    @Override
    public Database createDatabase(String name) {
        return address.createDatabase(name);
    }
}
