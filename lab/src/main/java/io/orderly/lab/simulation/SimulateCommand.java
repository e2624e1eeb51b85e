package io.orderly.lab.simulation;

import io.orderly.lab.system.LabFolder;
import io.orderly.stack.launch.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Starts the coordinator's simulator in its own JVM, with the JaCoCo agent to record which branches the runs take. */
@Command(name = "simulate", description = "Runs coordinator clusters in virtual time under faults; see its own --help.")
public final class SimulateCommand implements Callable<Integer> {

    private static final String MAIN = "io.orderly.coordinator.simulation.SimulatorApplication";

    /** Passed to the simulator. */
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path simulator = new LabFolder().home().resolve("coordinator-simulator");
        Path target = simulator.resolve("target");
        String libraries = Files.readString(target.resolve("class-path")).strip();
        String agent = Arrays.stream(libraries.split(File.pathSeparator))
                .filter(jar -> jar.contains("jacoco.agent"))
                .findFirst()
                .orElseThrow();
        List<String> command = new ArrayList<>(List.of(
                JavaCommand.program(),
                "-Xmx2g",
                "-XX:+UseParallelGC",
                "-javaagent:" + agent
                        + "=output=none,includes=io.orderly.coordinator.*,excludes=io.orderly.coordinator.simulation.*",
                "-cp",
                target.resolve("classes") + File.pathSeparator + libraries,
                MAIN));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(simulator.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }
}
