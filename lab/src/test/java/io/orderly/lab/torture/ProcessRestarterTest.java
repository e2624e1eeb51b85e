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

/** Restarts a process that sleeps and has a sleeping child. */
class ProcessRestarterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final ProcessRestarter restarter = new ProcessRestarter();
    private Supervisor supervisor;

    @BeforeEach
    void start() {
        supervisor = new Supervisor(List.of(sleeper()), ProcessFolder.under(folder), restarter);
        supervisor.start(PATIENCE);
    }

    @AfterEach
    void stop() {
        restarter.stopRestarting();
        supervisor.stop();
    }

    @Test
    void restartsAKilledProcessWhoseChildrenWereKilledToo() throws Exception {
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

        assertThat(restarter.kill("sleeper")).hasValue(pid);
        assertThat(restarter.down()).isEqualTo(1);
        assertThat(restarter.kill("sleeper")).as("a killed process").isEmpty();
        restarter.restart("sleeper", Duration.ofMillis(50), ready::countDown);

        assertThat(ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(restarter.awaitAllUp(PATIENCE)).isTrue();
        assertThat(pid()).isNotEqualTo(pid);
        await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(restarter.suddenDeaths()).isEmpty();
        assertThat(restarter.failedStarts()).isEmpty();
    }

    @Test
    void restartsAProcessThatExitedAndRecordsIt() {
        long pid = pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> supervisor.process("sleeper").pid().orElse(pid) != pid);
        assertThat(restarter.suddenDeaths()).singleElement().asString().contains("sleeper exited unexpectedly");
    }

    @Test
    void startsAProcessThatExitedBecauseOfAFaultAfterTheFault() throws Exception {
        long pid = pid();
        var ready = new CountDownLatch(1);
        restarter.faultBegins("sleeper");
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> restarter.down() == 1);
        assertThat(supervisor.process("sleeper").pid()).isEmpty();

        restarter.restartAfterFault("sleeper", ready::countDown);

        assertThat(ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(pid()).isNotEqualTo(pid);
        assertThat(restarter.suddenDeaths()).isEmpty();
        assertThat(restarter.down()).isZero();
    }

    @Test
    void restartsAProcessThatStillRunsAfterAFaultThatMayEndIt() throws Exception {
        long pid = pid();
        var ready = new CountDownLatch(1);
        restarter.faultBegins("sleeper");

        restarter.restartAfterFault("sleeper", ready::countDown);

        assertThat(ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(pid()).isNotEqualTo(pid);
        assertThat(restarter.suddenDeaths()).isEmpty();
    }

    @Test
    void retriesAFailedStart() throws Exception {
        Path broken = Files.createFile(folder.resolve("broken"));
        var ready = new CountDownLatch(1);
        restarter.kill("sleeper");
        restarter.restart("sleeper", Duration.ZERO, ready::countDown);
        await().atMost(PATIENCE).until(() -> !restarter.failedStarts().isEmpty());
        assertThat(restarter.failedStarts().getFirst()).contains("a start failed");
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
