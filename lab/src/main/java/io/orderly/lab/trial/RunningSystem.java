package io.orderly.lab.trial;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.lab.fault.ProxiedLinks;
import io.orderly.lab.trial.ForeignSystem.ForeignProcess;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Link;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.PortCheck;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes of a foreign system, which start without data, and connect to each other through proxies. They end with this JVM. */
final class RunningSystem implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final Supervisor supervisor;
    private final Thread hook;

    private RunningSystem(Supervisor supervisor) {
        this.supervisor = supervisor;
        this.hook = new Thread(supervisor::stop, "stop the foreign system");
    }

    /**
     * Starts the processes, and returns when all are ready.
     *
     * @throws io.orderly.stack.process.ProcessFailure if one cannot be started or ends; those that were started have ended then
     */
    static RunningSystem start(
            ForeignSystem system, DataFolder folder, ProxiedLinks links, Supervisor.Listener listener) {
        folder.delete("data");
        List<ProcessPlan> plans = system.processes().stream()
                .map(process -> plan(process, folder.of("data").resolve(process.name()), links))
                .toList();
        PortCheck.requireFree(plans);
        var running = new RunningSystem(new Supervisor(plans, folder.processes(), listener));
        Runtime.getRuntime().addShutdownHook(running.hook);
        try {
            running.supervisor.start(START_TIMEOUT);
            return running;
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
    }

    private static ProcessPlan plan(ForeignProcess process, Path data, ProxiedLinks links) {
        Map<String, String> values = new HashMap<>();
        values.put("data", data.toString());
        process.links()
                .forEach((name, target) -> values.put(
                        "link." + name, Integer.toString(links.portOf(new Link(process.name(), name), target))));
        Map<String, String> environment = new HashMap<>();
        process.environment()
                .forEach((name, value) ->
                        environment.put(name, value.with(values).text()));
        List<String> command =
                process.command().stream().map(word -> word.with(values).text()).toList();
        createFolder(data);
        return new ProcessPlan(
                process.name(),
                process.needs(),
                List.of(new ListenPort(process.port(), "its field port")),
                () -> command,
                environment,
                StopSignal.TERM,
                process.readiness(),
                () -> {});
    }

    private static void createFolder(Path data) {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each after those that it needs. */
    List<ManagedProcess> processes() {
        return supervisor.processes();
    }

    /** Stops all processes, and returns when they have ended. */
    @Override
    public void close() {
        supervisor.stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down, so the hook runs anyway
        }
    }
}
