package io.orderly.kit.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderly.backends.FreePort;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.partitions.PartitionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The coordinator of tests in modules that the coordinator of this project comes after: one member of etcd. Debian has it in the package {@code
 * etcd-server}.
 *
 * @param endpoint where clients connect: host and port
 */
public record EtcdProcess(LeashedProcess process, String endpoint) {

    /**
     * Starts it; if it is not installed, the test is skipped.
     *
     * @param folder for its log, and its data in {@code etcd}, which a later start at the same port goes on with
     * @param port for clients
     */
    public static EtcdProcess start(Path folder, int port) {
        assumeTrue(isInstalled(), "etcd is not installed: apt-get install etcd-server");
        String clients = "http://127.0.0.1:" + port;
        String peers = "http://127.0.0.1:" + FreePort.find();
        LeashedProcess process = LeashedProcess.start(new ProcessSpec(
                List.of(
                        "etcd",
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=default=" + peers),
                Map.of(),
                folder.resolve("etcd.log"),
                folder.resolve("etcd.pid"),
                List.of(),
                StopSignal.TERM,
                Duration.ofSeconds(1)));
        return new EtcdProcess(process, "127.0.0.1:" + port);
    }

    /** The value of a key; empty if there is none. */
    public String get(String key) throws IOException, InterruptedException {
        // etcdctl adds a line feed
        String output = ctl("get", "--print-value-only", key);
        return output.isEmpty() ? "" : output.substring(0, output.length() - 1);
    }

    /** The number of instances that own partitions of a service, according to the map; 0 while one is not owned. */
    public long owners(String service) throws IOException, InterruptedException {
        List<String[]> owned = get("/partitions/%s/map".formatted(service))
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 4 && words[1].equals("owned"))
                .toList();
        return owned.size() == PartitionId.COUNT
                ? owned.stream().map(words -> words[2]).distinct().count()
                : 0;
    }

    /** Calls {@code etcdctl}, which must succeed. @return what it prints on both streams */
    public String ctl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("etcdctl", "--endpoints=" + endpoint));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ETCDCTL_API", "3");
        Process etcdctl = builder.start();
        String output = new String(etcdctl.getInputStream().readAllBytes(), UTF_8);
        assertThat(etcdctl.waitFor()).as(output).isZero();
        return output;
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "etcd")));
    }
}
