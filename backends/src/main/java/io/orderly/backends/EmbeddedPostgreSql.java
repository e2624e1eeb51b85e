package io.orderly.backends;

import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL 18 server on the loopback interface. It is a child process of this JVM, keeps its data in a folder, and
 * is as durable as in production: {@code fsync}, {@code full_page_writes} and {@code synchronous_commit} are on.
 */
public final class EmbeddedPostgreSql implements PostgreSqlServer, AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private final PostgreSqlCluster cluster;
    private final int port;
    private final LeashedProcess process;

    private EmbeddedPostgreSql(PostgreSqlCluster cluster, int port, LeashedProcess process) {
        this.cluster = cluster;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @param folder where it stores its data; the data of an earlier start are used again
     * @param port the port to listen on, 0 for any free one
     * @throws IllegalStateException if it does not start, with the end of its log
     */
    public static EmbeddedPostgreSql start(Path folder, int port) {
        return start(folder, port, StopSignal.INT);
    }

    static EmbeddedPostgreSql start(Path folder, int port, StopSignal stopSignal) {
        PostgreSqlCluster cluster = new PostgreSqlCluster(folder.resolve("data"), sharedBinaries());
        cluster.prepare();
        int listening = port == 0 ? FreePort.find() : port;
        ProcessSpec spec = new ProcessSpec(
                cluster.serverCommand(listening),
                Map.of(),
                folder.resolve("postgresql.log"),
                folder.resolve("postgresql.pid"),
                List.of(),
                stopSignal,
                STOP_GRACE);
        LeashedProcess process = LeashedProcess.start(spec);
        try {
            cluster.awaitReady(listening, START_TIMEOUT, process::isAlive);
        } catch (RuntimeException e) {
            process.stop();
            throw new IllegalStateException(
                    e.getMessage() + "; its log ends:\n" + Folders.lastLines(spec.log(), 20), e);
        }
        return new EmbeddedPostgreSql(cluster, listening, process);
    }

    @Override
    public Database createDatabase(String name) {
        return cluster.createDatabase(port, name);
    }

    public int port() {
        return port;
    }

    /** Ends the server and returns when it is gone; its data stay. */
    @Override
    public void close() {
        process.stop();
    }

    /** One copy of the programs, 70 MB, serves all servers of a user. */
    private static Path sharedBinaries() {
        return Path.of(System.getProperty("user.home"), ".cache", "orderly");
    }
}
