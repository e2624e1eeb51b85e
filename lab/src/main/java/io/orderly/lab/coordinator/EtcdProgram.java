package io.orderly.lab.coordinator;

import io.orderly.coordinator.fault.FaultFile;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Readiness;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The etcd that is installed, with its default settings: each write is on the disks of a majority before it is answered. */
public final class EtcdProgram implements ServerProgram {

    /** How to install it. */
    public static final String INSTALL = "Debian and Ubuntu: apt-get install etcd-server etcd-client";

    private final Path server;
    private final String version;

    private EtcdProgram(Path server, String version) {
        this.server = server;
        this.version = version;
    }

    /** Empty if it is not installed. */
    public static Optional<EtcdProgram> find() {
        return onPath("etcd").map(server -> new EtcdProgram(server, versionOf(server)));
    }

    /** The command-line client; empty if it is not installed. */
    public static Optional<Path> findClient() {
        return onPath("etcdctl");
    }

    @Override
    public Product product() {
        return Product.ETCD;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", version);
        settings.put("fsync", "before every answer (this version has no switch for it)");
        settings.put("heartbeat", "100 ms, election timeout 1000 ms (defaults)");
        return settings;
    }

    @Override
    public boolean hasRoutePerPair() {
        return false;
    }

    @Override
    public Optional<FaultFile> faults(Path data) {
        return Optional.empty();
    }

    @Override
    public List<String> command(MemberPorts self, List<MemberPorts> all, Path data, PeerRoutes routes) {
        String cluster = all.stream()
                .map(member -> member.name() + "=" + url(routes.port(self, member)))
                .collect(Collectors.joining(","));
        return List.of(
                server.toString(),
                "--name=" + self.name(),
                "--data-dir=" + data,
                "--listen-client-urls=" + url(self.client()),
                "--advertise-client-urls=" + url(self.client()),
                "--listen-peer-urls=" + url(self.peer()),
                "--initial-advertise-peer-urls=" + url(routes.port(self, self)),
                "--initial-cluster=" + cluster,
                "--initial-cluster-token=orderly-lab",
                "--initial-cluster-state=new",
                "--logger=zap",
                "--log-level=warn");
    }

    @Override
    public Readiness readiness(MemberPorts self) {
        return Readiness.answering(URI.create(url(self.client()) + "/health"));
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String versionOf(Path server) {
        try {
            Process process = new ProcessBuilder(server.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output.lines().findFirst().orElse("unknown").replace("etcd Version: ", "etcd ");
        } catch (IOException e) {
            throw new ProcessFailure(server + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailure("interrupted while running " + server, e);
        }
    }
}
