package io.orderly.kit.testing;

import io.orderly.backends.Database;
import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Instances of services as processes of their own, for tests that kill or stop them. */
public final class ServiceProcess {

    private ServiceProcess() {}

    /**
     * Starts an instance at a free port. Its connections to PostgreSQL have its name.
     *
     * @param application the main class, on the class path of the test
     * @param folder for its log and its pid file
     * @param name of the process
     * @param settings further environment variables; they take precedence
     */
    public static LeashedProcess start(
            Class<?> application,
            Path folder,
            String name,
            Database database,
            EmbeddedKafka broker,
            Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl() + "?ApplicationName=" + name);
        environment.put("SPRING_DATASOURCE_USERNAME", database.username());
        environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
        environment.put("SERVER_PORT", "0");
        environment.putAll(settings);
        return LeashedProcess.start(new ProcessSpec(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        // no full collections while it loads and compiles classes
                        "-XX:MetaspaceSize=192m",
                        "-XX:SweeperThreshold=50",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        application.getName()),
                environment,
                folder.resolve(name + ".log"),
                folder.resolve(name + ".pid"),
                List.of(),
                StopSignal.TERM,
                Duration.ofSeconds(1)));
    }

    /** Stops this process, as {@code kill -STOP} does, if a file exists. The file is deleted first, so one process stops once for it. */
    public static void stopItself(Path file) {
        try {
            if (Files.deleteIfExists(file)) {
                signal("STOP", ProcessHandle.current().pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param name without its prefix, such as {@code CONT} */
    public static void signal(String name, long pid) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start();
        int exit = kill.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("kill -%s %d ended with %d".formatted(name, pid, exit));
        }
    }

    /** Whether it was stopped by a signal. */
    public static boolean isStopped(long pid) throws IOException {
        String state = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return state.substring(state.lastIndexOf(')')).startsWith(") T");
    }
}
