package io.orderly.lab.bench.coordinator;

import io.orderly.lab.coordinator.ClusterMember;
import io.orderly.lab.coordinator.CoordinatorCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** {@code etcdctl check perf}: etcd's own judgement of a cluster, which takes a minute. */
final class CheckPerf {

    private CheckPerf() {}

    /** @return its last lines, without the progress bar */
    static List<String> run(Path etcdctl, CoordinatorCluster cluster) throws IOException, InterruptedException {
        String endpoints = cluster.members().stream()
                .map(ClusterMember::clientPort)
                .map(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(","));
        ProcessBuilder command = new ProcessBuilder(
                        etcdctl.toString(), "--endpoints=" + endpoints, "check", "perf", "--load=l")
                .redirectErrorStream(true);
        command.environment().put("ETCDCTL_API", "3");
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines()
                .map(line -> line.substring(line.lastIndexOf('\r') + 1).strip())
                .filter(line -> line.startsWith("PASS") || line.startsWith("FAIL") || line.startsWith("Error"))
                .toList();
    }
}
