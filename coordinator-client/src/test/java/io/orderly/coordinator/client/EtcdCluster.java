package io.orderly.coordinator.client;

import io.orderly.backends.FreePort;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three processes of Debian's {@code etcd-server} on free ports. */
public final class EtcdCluster implements Members {

    private static final int SIZE = 3;

    private final Path folder;
    private final List<Integer> clientPorts = freePorts();
    private final List<Integer> peerPorts = freePorts();
    private final List<LeashedProcess> processes = new ArrayList<>();

    private EtcdCluster(Path folder) {
        this.folder = folder;
    }

    public static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "etcd")));
    }

    public static EtcdCluster start(Path folder) throws IOException {
        EtcdCluster cluster = new EtcdCluster(folder);
        for (int member = 0; member < SIZE; member++) {
            cluster.processes.add(cluster.startMember(member));
        }
        return cluster;
    }

    @Override
    public List<String> endpoints() {
        return clientPorts.stream().map(port -> "127.0.0.1:" + port).toList();
    }

    @Override
    public void kill(int member) {
        processes.get(member).kill();
    }

    @Override
    public void restart(int member) {
        processes.set(member, startMember(member));
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    @Override
    public void close() {
        processes.forEach(LeashedProcess::kill);
    }

    private LeashedProcess startMember(int member) {
        String clients = "http://127.0.0.1:" + clientPorts.get(member);
        String peers = "http://127.0.0.1:" + peerPorts.get(member);
        String all = IntStream.range(0, SIZE)
                .mapToObj(one -> "m%d=http://127.0.0.1:%d".formatted(one, peerPorts.get(one)))
                .collect(Collectors.joining(","));
        return LeashedProcess.start(new ProcessSpec(
                List.of(
                        "etcd",
                        "--name=m" + member,
                        "--data-dir=" + folder.resolve("m" + member),
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=" + all,
                        "--initial-cluster-token=" + folder.getFileName()),
                Map.of(),
                folder.resolve("m%d.log".formatted(member)),
                folder.resolve("m%d.pid".formatted(member)),
                List.of(),
                ProcessSpec.StopSignal.TERM,
                Duration.ofSeconds(5)));
    }

    private void signal(String name) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command).inheritIO().start().onExit().join();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Integer> freePorts() {
        return Stream.generate(FreePort::find).distinct().limit(SIZE).toList();
    }
}
