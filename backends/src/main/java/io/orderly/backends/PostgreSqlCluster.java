package io.orderly.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A database cluster, which is PostgreSQL's term for a data folder and the server that runs on it. Prepares the folder and
 * provides the command that runs the server; the caller starts it.
 */
public final class PostgreSqlCluster {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

    private final Path data;
    private final Path binariesFolder;

    /**
     * @param data the data folder, created by this class earlier, or not existing
     * @param binariesFolder where PostgreSQL's programs are unpacked, unless they are there already
     */
    public PostgreSqlCluster(Path data, Path binariesFolder) {
        this.data = data.toAbsolutePath();
        this.binariesFolder = binariesFolder;
    }

    /**
     * Initialises the data folder unless it is initialised already.
     *
     * @throws IllegalStateException if the folder cannot be initialised
     */
    public void prepare() {
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise();
        }
    }

    /** The command line that runs the server in the foreground. */
    public List<String> serverCommand(int port) {
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        arguments.addAll(List.of("-c", "listen_addresses=" + LOOPBACK, "-c", "unix_socket_directories="));
        ServerSettings.POSTGRESQL.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return command("postgres", arguments);
    }

    /**
     * Whether the server on the port is this cluster's; another server may have taken the port.
     *
     * @throws SQLException if no server accepts connections on the port
     */
    public boolean isReady(int port) throws SQLException {
        try (Connection connection = at(port).connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW data_directory")) {
            rows.next();
            return Path.of(rows.getString(1)).equals(data);
        }
    }

    /**
     * Returns when the server answers.
     *
     * @param alive whether the server's process still runs
     * @throws IllegalStateException if the server has ended, or does not answer in time
     */
    void awaitReady(int port, Duration timeout, BooleanSupplier alive) {
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        while (true) {
            try {
                if (isReady(port)) {
                    return;
                }
            } catch (SQLException e) {
                if (System.nanoTime() - giveUpNanos > 0) {
                    throw new IllegalStateException("PostgreSQL does not answer on port " + port, e);
                }
            }
            if (!alive.getAsBoolean()) {
                throw new IllegalStateException("PostgreSQL ended while it started");
            }
            LockSupport.parkNanos(RETRY_PAUSE.toNanos());
        }
    }

    /**
     * Makes sure that a database exists on the running server.
     *
     * @see PostgreSqlServer#createDatabase(String)
     */
    public Database createDatabase(int port, String name) {
        return at(port).createDatabase(name);
    }

    /** A database as {@link #createDatabase} makes it, whether or not it is there. */
    public static Database database(int port, String name) {
        return at(port).database(name);
    }

    /** The address of the maintenance database, for the superuser. */
    public static Database administration(int port) {
        return at(port).administration();
    }

    private static PostgreSqlAddress at(int port) {
        return new PostgreSqlAddress(LOOPBACK, port);
    }

    private void initialise() {
        try {
            Folders.delete(data); // what an initialisation that was cut short has left
            Files.createDirectories(data.getParent());
            Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
            Folders.delete(unfinished);
            Path password = Files.createTempFile("orderly", "password");
            try {
                Files.writeString(password, PostgreSqlAddress.SUPERUSER);
                List<String> arguments = new ArrayList<>(List.of(
                        "-D",
                        unfinished.toString(),
                        "--username=" + PostgreSqlAddress.SUPERUSER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256"));
                arguments.addAll(List.of(ServerSettings.INITDB));
                run(command("initdb", arguments));
            } finally {
                Files.delete(password);
            }
            Files.move(unfinished, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        int exitCode = process.onExit().join().exitValue();
        if (exitCode != 0) {
            throw new IllegalStateException("%s ended with %d:%n%s".formatted(command, exitCode, output));
        }
    }

    /** PostgreSQL refuses to run as root; a separate user namespace, in which root is mapped to another user, satisfies it. */
    private List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(PostgreSqlBinaries.under(binariesFolder).program(program));
        command.addAll(arguments);
        return command;
    }
}
