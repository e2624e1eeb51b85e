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
        Path program = program();
        List<Integer> clients = ports(size);
        List<Integer> peers = ports(size);
        String members = IntStream.range(0, size)
                .mapToObj(index -> (index + 1) + "=http://127.0.0.1:" + peers.get(index))
                .collect(Collectors.joining(","));
        List<LeashedProcess> processes = IntStream.range(0, size)
                .mapToObj(index -> LeashedProcess.start(new ProcessSpec(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx256m",
                                "-jar",
                                program.toString(),
                                "--server.port=" + FreePort.find(),
                                "--orderly.coordinator.id=" + (index + 1),
                                "--orderly.coordinator.name=" + name(index),
                                "--orderly.coordinator.data=" + folder.resolve(name(index)),
                                "--orderly.coordinator.members=" + members,
                                "--orderly.coordinator.peer-address=127.0.0.1:" + peers.get(index),
                                "--orderly.coordinator.api.port=" + clients.get(index),
                                // as cheap as the scenarios with their many clients need it
                                "--orderly.coordinator.auth.password-iterations=1000"),
                        Map.of(),
                        folder.resolve(name(index) + ".log"),
                        folder.resolve(name(index) + ".pid"),
                        List.of(),
                        ProcessSpec.StopSignal.TERM,
                        GRACE)))
                .toList();
        return Cluster.started(processes, clients, peers);
    }

    static Path program() {
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
