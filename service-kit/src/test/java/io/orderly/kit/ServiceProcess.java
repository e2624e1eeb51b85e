package io.orderly.kit;

import io.orderly.backends.Database;
import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.backends.process.ProcessSpec;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Instances of {@link TestServiceApplication} as processes of their own, for tests that kill or stop them. */
final class ServiceProcess {

    private ServiceProcess() {}

    /**
     * Starts an instance. Its connections to PostgreSQL have its name.
     *
     * @param folder for its log and its pid file
     * @param name of the process
     * @param settings further environment variables
     */
    static LeashedProcess start(
            Path folder, String name, Database database, EmbeddedKafka broker, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl() + "?ApplicationName=" + name);
        environment.put("SPRING_DATASOURCE_USERNAME", database.username());
        environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
        environment.put("SERVER_PORT", "0");
        return LeashedProcess.start(new ProcessSpec(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestServiceApplication.class.getName()),
                environment,
                folder.resolve(name + ".log"),
                folder.resolve(name + ".pid"),
                List.of(),
                StopSignal.TERM,
                Duration.ofSeconds(1)));
    }
}
