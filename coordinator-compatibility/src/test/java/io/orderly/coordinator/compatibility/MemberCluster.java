package io.orderly.coordinator.compatibility;

import io.orderly.backends.FreePort;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Starts clusters of the coordinator, from the program that was built. */
final class MemberCluster {

    private static final Path BUILT = Path.of("../coordinator-server/target");
    private static final Duration GRACE = Duration.ofSeconds(10);

    private MemberCluster() {}

    /** @param folder for data and logs */
    static Cluster start(int size, Path folder) {
        List<Integer> clients = ports(size);
        List<Integer> peers = ports(size);
        List<LeashedProcess> processes = IntStream.range(0, size)
                .mapToObj(index -> LeashedProcess.start(new ProcessSpec(
                        // hashes as cheap as the scenarios with their many clients need them
                        command(settings(index, folder, clients.get(index), peers, "auth.password-iterations=1000")),
                        Map.of(),
                        folder.resolve(name(index) + ".log"),
                        folder.resolve(name(index) + ".pid"),
                        List.of(),
                        ProcessSpec.StopSignal.TERM,
                        GRACE)))
                .toList();
        return Cluster.started(processes, clients, peers);
    }

    private static List<String> command(List<String> settings) {
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:MetaspaceSize=192m",
                "-XX:SweeperThreshold=50",
                "-Xmx256m",
                "-jar",
                program().toString());
        return Stream.concat(java, settings.stream()).toList();
    }

    /**
     * The arguments of the program of a member.
     *
     * @param index of the member, from 0
     * @param folder for the data of all
     * @param peers the ports of all members for each other
     * @param more settings, without their prefix
     */
    static List<String> settings(int index, Path folder, int client, List<Integer> peers, String... more) {
        String members = IntStream.range(0, peers.size())
                .mapToObj(one -> (one + 1) + "=http://127.0.0.1:" + peers.get(one))
                .collect(Collectors.joining(","));
        Stream<String> settings = Stream.of(
                "id=" + (index + 1),
                "name=" + name(index),
                "data=" + folder.resolve(name(index)),
                "members=" + members,
                "peer-address=127.0.0.1:" + peers.get(index),
                "api.port=" + client);
        return Stream.concat(
                        Stream.of("--server.port=0"),
                        Stream.concat(settings, Stream.of(more)).map(setting -> "--orderly.coordinator." + setting))
                .toList();
    }

    private static Path program() {
        try (Stream<Path> files = Files.list(BUILT)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("coordinator-server is not packaged in " + BUILT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> ports(int size) {
        return Stream.generate(FreePort::find).limit(size).toList();
    }

    private static String name(int index) {
        return "member" + (index + 1);
    }
}
