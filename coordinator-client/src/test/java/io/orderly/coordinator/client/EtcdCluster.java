package io.orderly.coordinator.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three members of Debian's {@code etcd-server}. */
public final class EtcdCluster {

    private EtcdCluster() {}

    public static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "etcd")));
    }

    public static Members start(Path folder) {
        return new ProcessMembers(folder, ports -> command(folder, ports));
    }

    private static List<String> command(Path folder, ProcessMembers.Ports ports) {
        String clients = "http://127.0.0.1:" + ports.client();
        String peers = "http://127.0.0.1:" + ports.peer(ports.member());
        String all = IntStream.range(0, ProcessMembers.SIZE)
                .mapToObj(one -> "m%d=http://127.0.0.1:%d".formatted(one, ports.peer(one)))
                .collect(Collectors.joining(","));
        return List.of(
                "etcd",
                "--name=m" + ports.member(),
                "--data-dir=" + folder.resolve("m" + ports.member()),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=" + all,
                "--initial-cluster-token=" + folder.getFileName());
    }
}
