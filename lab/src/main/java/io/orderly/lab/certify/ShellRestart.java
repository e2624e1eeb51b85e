package io.orderly.lab.certify;

import io.orderly.lab.conformance.Wire.RestartFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Restarts the participant by a command of the shell, whose output goes to the terminal.
 *
 * @param timeout after which the command counts as failed, and is killed with all processes that it started
 */
record ShellRestart(String command, Duration timeout) implements Restart {

    @Override
    public void run() throws RestartFailure {
        try {
            Process shell = new ProcessBuilder("sh", "-c", command).inheritIO().start();
            if (!shell.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly().waitFor();
                throw new RestartFailure("the restart command has not ended after %d s".formatted(timeout.toSeconds()));
            }
            if (shell.exitValue() != 0) {
                throw new RestartFailure("the restart command ended with exit code " + shell.exitValue());
            }
        } catch (IOException e) {
            throw new RestartFailure("the restart command cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RestartFailure("interrupted during the restart command");
        }
    }
}
