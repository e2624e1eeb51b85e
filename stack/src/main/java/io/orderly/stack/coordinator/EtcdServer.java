package io.orderly.stack.coordinator;

import static io.orderly.stack.launch.SystemPlans.url;

import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Readiness;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The etcd that is installed on this machine, with its default settings: each write is on the disks of a majority before it is answered.
 *
 * @param program the executable file
 */
public record EtcdServer(Path program) {

    /** How to install it. */
    public static final String INSTALL = "Debian and Ubuntu: apt-get install etcd-server etcd-client";

    /** Empty if it is not on the PATH. */
    public static Optional<EtcdServer> find() {
        return find(System.getenv("PATH"));
    }

    /** @param path folders, as in the environment variable PATH */
    static Optional<EtcdServer> find(String path) {
        return executable("etcd", path).map(EtcdServer::new);
    }

    /** The command-line client; empty if it is not on the PATH. */
    public static Optional<Path> findClient() {
        return executable("etcdctl", System.getenv("PATH"));
    }

    /**
     * The version, such as {@code etcd 3.4.23}.
     *
     * @throws ProcessFailure if the program cannot be run
     */
    public String version() {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output.lines().findFirst().orElse("unknown").replace("etcd Version: ", "etcd ");
        } catch (IOException e) {
            throw new ProcessFailure(program + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailure("interrupted while running " + program, e);
        }
    }

    /**
     * The command line of a member, which listens on the loopback interface.
     *
     * @param cluster the token of the cluster; members with another one are refused
     * @param name of the member
     * @param data the folder for its data, which need not exist; once it exists, the addresses of the members are those that it contains
     * @param client the port for clients
     * @param peer the port for the other members
     * @param routes the ports at which this member reaches each member, by name; the others are told that of its own name
     */
    public List<String> command(
            String cluster, String name, Path data, int client, int peer, SequencedMap<String, Integer> routes) {
        String members = routes.entrySet().stream()
                .map(member -> member.getKey() + "=" + url(member.getValue()))
                .collect(Collectors.joining(","));
        return List.of(
                program.toString(),
                "--name=" + name,
                "--data-dir=" + data,
                "--listen-client-urls=" + url(client),
                "--advertise-client-urls=" + url(client),
                "--listen-peer-urls=" + url(peer),
                "--initial-advertise-peer-urls=" + url(routes.getOrDefault(name, peer)),
                "--initial-cluster=" + members,
                "--initial-cluster-token=" + cluster,
                "--initial-cluster-state=new",
                "--logger=zap",
                "--log-level=warn");
    }

    /** A member is ready when it answers a linearizable read, which requires a leader. */
    public static Readiness readiness(int client) {
        return Readiness.answering(url(client).resolve("/health"));
    }

    private static Optional<Path> executable(String name, String path) {
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
