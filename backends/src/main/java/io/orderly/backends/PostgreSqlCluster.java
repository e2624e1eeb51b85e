package io.orderly.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * A database cluster: PostgreSQL's word for one data folder and the server that runs on it. This prepares the folder
 * and tells how to run the server; who runs it is somebody else's choice.
 */
public final class PostgreSqlCluster {

    private static final String SUPERUSER = "postgres";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "fsync", "on",
            "full_page_writes", "on",
            "synchronous_commit", "on",
            "max_prepared_transactions", "64",
            "max_connections", "200",
            "shared_buffers", "128MB",
            "timezone", "UTC",
            "log_timezone", "UTC"));

    private final Path data;
    private final Path binariesFolder;

    /**
     * @param data the data folder, made by this class earlier or not there yet
     * @param binariesFolder where PostgreSQL's programs are unpacked, unless they lie there already
     */
    public PostgreSqlCluster(Path data, Path binariesFolder) {
        this.data = data.toAbsolutePath();
        this.binariesFolder = binariesFolder;
    }

    /**
     * Makes sure that the data folder is one that a server can start on.
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
        SETTINGS.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        return command("postgres", arguments);
    }

    /**
     * Whether this cluster's server answers on the port: another one may have taken the port before it.
     *
     * @throws SQLException if nobody answers
     */
    public boolean isReady(int port) throws SQLException {
        try (Connection connection = connect(port);
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
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            if (!holds(statement, "SELECT FROM pg_roles WHERE rolname = '%s'".formatted(name))) {
                statement.execute("CREATE ROLE %1$s LOGIN PASSWORD '%1$s'".formatted(name));
            }
            if (!holds(statement, "SELECT FROM pg_database WHERE datname = '%s'".formatted(name))) {
                statement.execute("CREATE DATABASE %1$s OWNER %1$s".formatted(name));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + name, e);
        }
        return database(port, name);
    }

    /** A database as {@link #createDatabase} makes it, whether or not it is there. */
    public static Database database(int port, String name) {
        return new Database(jdbcUrl(port, name), name, name);
    }

    private static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    private static boolean holds(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(port, "postgres"), SUPERUSER, SUPERUSER);
    }

    private void initialise() {
        try {
            Folders.delete(data); // what an initialisation that was cut short has left
            Files.createDirectories(data.getParent());
            Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
            Folders.delete(unfinished);
            Path password = Files.createTempFile("orderly", "password");
            try {
                Files.writeString(password, SUPERUSER);
                List<String> command = command(
                        "initdb",
                        List.of(
                                "-D",
                                unfinished.toString(),
                                "--username=" + SUPERUSER,
                                "--pwfile=" + password,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--no-locale"));
                run(command);
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

    /** PostgreSQL refuses to run as root; a user namespace of its own, where root is nobody, satisfies it. */
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
