package io.orderly.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs commands of the documents in a shell, on a system with other ports and another data folder than they name. {@code ./run} builds what
 * is outdated, so a script takes its place that starts the same programs from the class path of the test.
 */
final class DocumentedCommands {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final String LOCALHOST = "localhost:";

    private final Path script;
    private final Path data;
    private final Map<Integer, Integer> ports;

    /**
     * @param folder for the script
     * @param data of the system
     * @param ports the actual ones by those of the documents
     * @param system the command that starts {@code ./run}
     * @param options the options with the ports of the system, for the commands that take them all
     */
    DocumentedCommands(Path folder, Path data, Map<Integer, Integer> ports, List<String> system, List<String> options)
            throws IOException {
        this.data = data;
        this.ports = ports;
        script = folder.resolve("run");
        Files.writeString(script, """
                #!/bin/sh
                case $1 in
                  order) exec %s "$@" --order-port=%d ;;
                  events) exec %s "$@" --kafka-port=%d ;;
                  *) exec %s "$@" %s ;;
                esac
                """.formatted(
                quoted(system), ports.get(8080), quoted(system), ports.get(9092), quoted(system), quoted(options)));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** @return what they print on both streams; they must succeed, one after the other, before the timeout */
    String run(String commands) throws IOException, InterruptedException {
        Path output = script.resolveSibling("output.txt");
        Process shell = new ProcessBuilder("bash", "-ec", here(commands))
                .directory(script.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(shell.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                    .as("ends in time: " + commands)
                    .isTrue();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(shell.exitValue()).as("%s%nprints%n%s", commands, printed).isZero();
        return printed;
    }

    private String here(String commands) {
        String replaced = commands.replace("./run ", script + " ").replace(".orderly/", data + "/");
        for (Map.Entry<Integer, Integer> port : ports.entrySet()) {
            replaced = replaced.replace(LOCALHOST + port.getKey(), LOCALHOST + port.getValue());
        }
        return replaced;
    }

    private static String quoted(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }
}
