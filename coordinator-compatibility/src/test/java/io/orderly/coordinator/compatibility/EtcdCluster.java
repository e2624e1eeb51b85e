package io.orderly.coordinator.compatibility;

import io.orderly.backends.FreePort;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Starts clusters of the etcd that is installed. */
final class EtcdCluster {

    static final String MISSING =
            "No etcd was found, so nothing was compared. On Debian: apt-get install etcd-server etcd-client.";

    private static final Duration GRACE = Duration.ofSeconds(5);

    private EtcdCluster() {}

    /** Whether its server and its command line are installed. */
    static boolean isInstalled() {
        return program("etcd").isPresent() && program("etcdctl").isPresent();
    }

    /** Where a program is installed. */
    static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param folder for data and logs */
    static Cluster start(int size, Path folder) {
        Path etcd = program("etcd").orElseThrow();
        List<Integer> clients = ports(size);
        List<Integer> peers = ports(size);
        String members = IntStream.range(0, size)
                .mapToObj(index -> name(index) + "=" + url(peers.get(index)))
                .collect(Collectors.joining(","));
        List<LeashedProcess> processes = IntStream.range(0, size)
                .mapToObj(index -> LeashedProcess.start(new ProcessSpec(
                        List.of(
                                etcd.toString(),
                                "--name=" + name(index),
                                "--data-dir=" + folder.resolve(name(index)),
                                "--listen-client-urls=" + url(clients.get(index)),
                                "--advertise-client-urls=" + url(clients.get(index)),
                                "--listen-peer-urls=" + url(peers.get(index)),
                                "--initial-advertise-peer-urls=" + url(peers.get(index)),
                                "--initial-cluster=" + members,
                                // hashes as cheap as those of the coordinator here
                                "--bcrypt-cost=4",
                                "--logger=zap"),
                        Map.of(),
                        folder.resolve(name(index) + ".log"),
                        folder.resolve(name(index) + ".pid"),
                        List.of(),
                        ProcessSpec.StopSignal.TERM,
                        GRACE)))
                .toList();
        return Cluster.started(processes, clients, peers);
    }

    private static List<Integer> ports(int size) {
        return Stream.generate(FreePort::find).limit(size).toList();
    }

    private static String name(int index) {
        return "member" + (index + 1);
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }
}
