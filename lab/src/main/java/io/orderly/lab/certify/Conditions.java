package io.orderly.lab.certify;

import io.orderly.lab.conformance.Timing;
import io.orderly.lab.system.LabFolder;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a certification that do not depend on the participant. */
final class Conditions {

    private static final Duration RESTART_TIMEOUT = Duration.ofMinutes(2);

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "<host:port>",
            required = true,
            description = "the Kafka to which the participant is connected")
    private String bootstrapServers = "";

    @Option(
            names = "--kafka-config",
            paramLabel = "<file>",
            description = "properties of the Kafka clients, such as those of TLS")
    private @Nullable Path kafkaConfig;

    @Option(
            names = "--restart-command",
            paramLabel = "<command>",
            description =
                    "a shell command that kills the participant with SIGKILL, starts it again, and ends; without it the rule of the "
                            + "restart is not decided")
    private @Nullable String restartCommand;

    @Option(
            names = "--seed",
            paramLabel = "<n>",
            defaultValue = "1",
            description = "from which the interleaving of the rules is drawn; default ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--patience",
            paramLabel = "<seconds>",
            defaultValue = "30",
            description = "how long a reply may take, also after a restart; default ${DEFAULT-VALUE}")
    private int patienceSeconds;

    @Option(
            names = "--quiet",
            paramLabel = "<seconds>",
            defaultValue = "3",
            description = "how long to wait for what must not come; default ${DEFAULT-VALUE}")
    private int quietSeconds;

    @Mixin
    private LabFolder folder = new LabFolder();

    String bootstrapServers() {
        return bootstrapServers;
    }

    long seed() {
        return seed;
    }

    LabFolder folder() {
        return folder;
    }

    /** @throws IllegalArgumentException if a time is not positive */
    Timing timing() {
        return new Timing(Duration.ofSeconds(patienceSeconds), Duration.ofSeconds(quietSeconds));
    }

    @Nullable Restart restart() {
        return restartCommand == null ? null : new ShellRestart(restartCommand, RESTART_TIMEOUT);
    }

    /** @throws ProcessFailure if the file cannot be read */
    Map<String, String> kafkaSettings() {
        Map<String, String> settings = new HashMap<>();
        if (kafkaConfig != null) {
            var properties = new Properties();
            try (Reader file = Files.newBufferedReader(kafkaConfig)) {
                properties.load(file);
            } catch (IOException | IllegalArgumentException e) {
                throw new ProcessFailure("%s cannot be read: %s; nothing was sent".formatted(kafkaConfig, e), e);
            }
            properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        }
        return settings;
    }

    /** Adds them by name, except the seed. */
    void describe(Map<String, String> to) {
        to.put("broker", bootstrapServers);
        to.put("restart command", restartCommand == null ? "none" : restartCommand);
        to.put("patience", patienceSeconds + " s");
        to.put("quiet", quietSeconds + " s");
    }
}
