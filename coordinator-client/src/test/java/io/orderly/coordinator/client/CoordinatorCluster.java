package io.orderly.coordinator.client;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three members of the coordinator. */
final class CoordinatorCluster {

    private CoordinatorCluster() {}

    /** @param jar the executable jar of module {@code coordinator-server} */
    static Members start(Path jar, Path folder) {
        return new ProcessMembers(folder, ports -> command(jar, folder, ports));
    }

    private static List<String> command(Path jar, Path folder, ProcessMembers.Ports ports) {
        String all = IntStream.range(0, ProcessMembers.SIZE)
                .mapToObj(one -> "%d=http://127.0.0.1:%d".formatted(one + 1, ports.peer(one)))
                .collect(Collectors.joining(","));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-jar",
                jar.toString(),
                "--orderly.coordinator.id=" + (ports.member() + 1),
                "--orderly.coordinator.data=" + folder.resolve("m" + ports.member()),
                "--orderly.coordinator.members=" + all,
                "--orderly.coordinator.peer-address=127.0.0.1:" + ports.peer(ports.member()),
                "--orderly.coordinator.api.port=" + ports.client(),
                // so that a busy machine causes no elections
                "--orderly.coordinator.election-timeout=1s",
                "--orderly.coordinator.disk-timeout=5s",
                "--server.port=" + ports.http());
    }
}
