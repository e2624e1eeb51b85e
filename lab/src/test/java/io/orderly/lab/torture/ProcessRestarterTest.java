package io.orderly.lab.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.process.ProcessFolder;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Supervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps a process that does nothing but sleep, and one that sleeps beside it. */
class ProcessRestarterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final ProcessRestarter keeper = new ProcessRestarter();
    private Supervisor supervisor;

    @BeforeEach
    void start() {
        supervisor = new Supervisor(List.of(sleeper()), ProcessFolder.under(folder), keeper);
        supervisor.start(PATIENCE);
    }

    @AfterEach
    void stop() {
        keeper.end();
        supervisor.stop();
    }

    @Test
    void startsAgainWhatItHasKilledWithItsChildren() throws Exception {
        long pid = pid();
        await().atMost(PATIENCE)
                .until(() -> ProcessHandle.of(pid)
                        .orElseThrow()
                        .descendants()
                        .findAny()
                        .isPresent());
        List<ProcessHandle> children =
                ProcessHandle.of(pid).orElseThrow().descendants().toList();
        var ready = new CountDownLatch(1);

        assertThat(keeper.kill("sleeper")).hasValue(pid);
        assertThat(keeper.down()).isEqualTo(1);
        assertThat(keeper.kill("sleeper")).as("a dead one").isEmpty();
        keeper.restart("sleeper", Duration.ofMillis(50), ready::countDown);

        assertThat(ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(keeper.awaitAllUp(PATIENCE)).isTrue();
        assertThat(pid()).isNotEqualTo(pid);
        await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(keeper.suddenDeaths()).isEmpty();
        assertThat(keeper.failedStarts()).isEmpty();
    }

    @Test
    void startsAgainWhatHasEndedByItselfAndRemembersIt() {
        long pid = pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> supervisor.process("sleeper").pid().orElse(pid) != pid);
        assertThat(keeper.suddenDeaths()).singleElement().asString().contains("sleeper has ended unasked");
    }

    @Test
    void triesAgainWhenAStartFails() throws Exception {
        Path broken = Files.createFile(folder.resolve("broken"));
        var ready = new CountDownLatch(1);
        keeper.kill("sleeper");
        keeper.restart("sleeper", Duration.ZERO, ready::countDown);
        await().atMost(PATIENCE).until(() -> !keeper.failedStarts().isEmpty());
        assertThat(keeper.failedStarts().getFirst()).contains("a start has failed");
        Files.delete(broken);
        assertThat(ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private long pid() {
        return supervisor.process("sleeper").pid().orElseThrow();
    }

    private ProcessPlan sleeper() {
        return new ProcessPlan(
                "sleeper",
                List.of(),
                0,
                "--port",
                () -> List.of("sh", "-c", "[ -e '%s/broken' ] && exit 1; sleep 1000 & wait".formatted(folder)),
                Map.of(),
                StopSignal.TERM,
                () -> !Files.exists(folder.resolve("broken")),
                () -> {});
    }
}
