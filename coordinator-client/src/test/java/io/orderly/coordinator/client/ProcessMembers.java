package io.orderly.coordinator.client;

import io.orderly.backends.FreePort;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three processes on free ports, which end with this process. */
final class ProcessMembers implements Members {

    static final int SIZE = 3;

    private final Path folder;
    private final Function<Ports, List<String>> command;
    private final List<Integer> free =
            Stream.generate(FreePort::find).distinct().limit(2 * SIZE).toList();
    private final List<LeashedProcess> processes = new ArrayList<>();

    /** @param command that runs a member */
    ProcessMembers(Path folder, Function<Ports, List<String>> command) {
        this.folder = folder;
        this.command = command;
        IntStream.range(0, SIZE).forEach(member -> processes.add(run(member)));
    }

    /**
     * The ports of a cluster.
     *
     * @param member to run, from 0
     * @param all of the members for clients, then for peers
     */
    record Ports(int member, List<Integer> all) {

        int client() {
            return all.get(member);
        }

        int peer(int ofMember) {
            return all.get(SIZE + ofMember);
        }
    }

    @Override
    public List<String> endpoints() {
        return free.subList(0, SIZE).stream().map(port -> "127.0.0.1:" + port).toList();
    }

    @Override
    public void kill(int member) {
        processes.get(member).kill();
    }

    @Override
    public void restart(int member) {
        processes.set(member, run(member));
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

    private LeashedProcess run(int member) {
        return LeashedProcess.start(new ProcessSpec(
                command.apply(new Ports(member, free)),
                Map.of(),
                folder.resolve("m%d.log".formatted(member)),
                folder.resolve("m%d.pid".formatted(member)),
                List.of(),
                ProcessSpec.StopSignal.TERM,
                Duration.ofSeconds(5)));
    }

    private void signal(String name) {
        List<String> kill = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> kill.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(kill).inheritIO().start().onExit().join();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
