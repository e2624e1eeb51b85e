package io.orderly.lab.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.lab.conformance.Wire.RestartFailure;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellRestartTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void runsTheCommandInAShell() throws Exception {
        Path file = folder.resolve("restarted");
        new ShellRestart("true && touch '%s'".formatted(file), LONG).run();
        assertThat(file).exists();
    }

    @Test
    void failsWithTheCommand() {
        assertThatThrownBy(() -> new ShellRestart("exit 3", LONG).run())
                .isInstanceOf(RestartFailure.class)
                .hasMessage("the restart command ended with exit code 3");
    }

    @Test
    void doesNotWaitForACommandThatDoesNotEnd() {
        assertThatThrownBy(() -> new ShellRestart("tail -f /dev/null; true", Duration.ofMillis(200)).run())
                .isInstanceOf(RestartFailure.class)
                .hasMessage("the restart command has not ended after 0 s");
        assertThat(ProcessHandle.current().descendants().flatMap(process -> process.info().commandLine().stream()))
                .noneMatch(command -> command.contains("tail -f /dev/null"));
    }
}
