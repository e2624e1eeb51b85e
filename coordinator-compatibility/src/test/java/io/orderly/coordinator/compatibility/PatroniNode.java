package io.orderly.coordinator.compatibility;

import static java.util.stream.Collectors.joining;

import io.orderly.backends.FreePort;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Debian's Patroni with its PostgreSQL, which use the JSON gateway of the coordinator or of etcd. */
final class PatroniNode implements AutoCloseable {

    static final String MISSING = "Patroni or PostgreSQL was not found, so this test is skipped. "
            + "On Debian: apt-get install patroni postgresql.";

    /** PostgreSQL refuses to run as root. */
    private static final String USER = "postgres";

    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final int port = FreePort.find();
    private final int restPort = FreePort.find();
    private final Path data;
    private final LeashedProcess process;

    /**
     * @param folder where both nodes keep their files
     * @param hosts the ports of the cluster that decides who is the primary
     */
    PatroniNode(String name, Path folder, List<Integer> hosts) throws IOException {
        Path home = Files.createDirectory(folder.resolve(name));
        data = home.resolve("data");
        Path configuration = home.resolve("patroni.yml");
        Files.writeString(configuration, configuration(name, home, hosts));
        changeOwner(home);
        List<String> command = new ArrayList<>();
        if (IS_ROOT) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
        }
        command.addAll(List.of("patroni", configuration.toString()));
        process = LeashedProcess.start(new ProcessSpec(
                command,
                Map.of("HOME", home.toString()),
                folder.resolve(name + ".log"),
                folder.resolve(name + ".pid"),
                List.of(),
                ProcessSpec.StopSignal.TERM,
                GRACE));
    }

    static boolean isInstalled() {
        return EtcdCluster.program("patroni").isPresent() && programs().isPresent();
    }

    /** The folder of the newest PostgreSQL. */
    private static Optional<Path> programs() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void changeOwner(Path home) throws IOException {
        if (IS_ROOT) {
            var user = home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.toList()) {
                    Files.setOwner(file, user);
                }
            }
        }
    }

    private String configuration(String name, Path home, List<Integer> hosts) {
        return """
                scope: orders
                name: %1$s
                restapi:
                  listen: 127.0.0.1:%2$d
                  connect_address: 127.0.0.1:%2$d
                etcd3:
                  hosts: %3$s
                bootstrap:
                  dcs:
                    ttl: 20
                    loop_wait: 1
                    retry_timeout: 3
                    synchronous_mode: true
                  initdb:
                    - encoding: UTF8
                    - auth-host: trust
                    - auth-local: trust
                  pg_hba:
                    - host all all 127.0.0.1/32 trust
                    - host replication all 127.0.0.1/32 trust
                    - local all all trust
                postgresql:
                  listen: 127.0.0.1:%4$d
                  connect_address: 127.0.0.1:%4$d
                  data_dir: %5$s
                  bin_dir: %6$s
                  pgpass: %7$s/pgpass
                  authentication:
                    superuser:
                      username: postgres
                      password: postgres
                    replication:
                      username: replicator
                      password: replicator
                  parameters:
                    unix_socket_directories: %7$s
                    shared_buffers: 16MB
                """.formatted(
                        name,
                        restPort,
                        hosts.stream().map(host -> "127.0.0.1:" + host).collect(joining(",")),
                        port,
                        data,
                        programs().orElseThrow(),
                        home);
    }

    /** The port of PostgreSQL. */
    int port() {
        return port;
    }

    boolean isPrimary() {
        return answers("/primary");
    }

    /** Whether each commit waits for this node. */
    boolean isSynchronousStandby() {
        return answers("/sync");
    }

    private boolean answers(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends both processes at once, so that they cannot send anything more. */
    void kill() throws IOException {
        long server = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        process.kill();
        ProcessHandle.of(server).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        process.stop();
    }
}
