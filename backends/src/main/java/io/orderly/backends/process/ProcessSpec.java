package io.orderly.backends.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A command to run, and how to stop it.
 *
 * @param command the program and its arguments
 * @param environment variables set for it on top of this process's own
 * @param log the file its output is appended to; its folder must exist
 * @param pidFile the file, named {@code *.pid}, that holds its pid while it runs; its folder must exist
 * @param dependents the processes that end before it if this JVM dies without stopping them: the names of
 *     their pid files, without {@code .pid}, in the same folder
 * @param stopSignal the signal that requests it to end
 * @param grace how long it may take to end before it is killed; rounded up to seconds
 */
public record ProcessSpec(
        List<String> command,
        Map<String, String> environment,
        Path log,
        Path pidFile,
        List<String> dependents,
        StopSignal stopSignal,
        Duration grace) {

    /** Asks a process to end. */
    public enum StopSignal {
        /** The usual request. */
        TERM,
        /** To PostgreSQL: end now, rolling back what is open. */
        INT,
        /** To PostgreSQL: end at once, without the checkpoint; the next start recovers from the log. */
        QUIT
    }

    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        dependents = List.copyOf(dependents);
    }
}
