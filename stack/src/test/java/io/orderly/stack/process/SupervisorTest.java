package io.orderly.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int RESTARTS = 40;

    @TempDir
    private Path folder;

    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private Supervisor supervisor;

    @AfterEach
    void stop() {
        supervisor.stop();
    }

    @Test
    void startsInDependencyOrderAndStopsInReverse() {
        supervise(running("database"), running("broker", "database"), running("service", "broker", "database"));
        supervisor.start(TIMEOUT);
        supervisor.stop();
        assertThat(StubProcess.journal(folder))
                .containsExactly(
                        "start database", "start broker", "start service", "end service", "end broker", "end database");
        assertThat(events).containsExactly("database is ready", "broker is ready", "service is ready");
    }

    @Test
    void stopsAProcessBeforeThoseThatItUsesAndDoesNotWaitForTheirStart() {
        ProcessPlan service = StubProcess.scripted(folder, "service", """
                        trap 'sleep 1; echo "end $0" >>journal; exit 0' TERM
                        echo up >$0.ready
                        while :; do sleep 0.05; done
                        """).using(List.of("member"));
        ProcessPlan member = StubProcess.scripted(folder, "member", """
                        trap 'echo "end $0" >>journal; exit 0' TERM
                        until [ -e service.ready ]; do sleep 0.05; done
                        echo up >$0.ready
                        while :; do sleep 0.05; done
                        """);
        supervise(service, member);
        supervisor.start(TIMEOUT);
        supervisor.stop();
        assertThat(StubProcess.journal(folder)).containsExactly("end service", "end member");
    }

    @Test
    void startsIndependentProcessesConcurrently() {
        // each process becomes ready only after the other has started
        String waitsForTheOther =
                "echo up >$0.started; until [ -e %s.started ]; do sleep 0.05; done; echo up >$0.ready; sleep 600";
        supervise(
                StubProcess.scripted(folder, "left", waitsForTheOther.formatted("right")),
                StubProcess.scripted(folder, "right", waitsForTheOther.formatted("left")));
        supervisor.start(TIMEOUT);
        assertThat(events).containsExactlyInAnyOrder("left is ready", "right is ready");
    }

    @Test
    void reportsAProcessThatExitsDuringTheStartWithItsLog() {
        supervise(running("database"), StubProcess.scripted(folder, "service", """
                        echo 'Exception: no such table'
                        printf '\\tat io.orderly.Frame.main(Frame.java)\\n'
                        exit 3
                        """, "database"));
        assertThatThrownBy(() -> supervisor.start(TIMEOUT))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("service exited before it was ready (exit code 3)")
                .hasMessageContaining("service.log")
                .hasMessageContaining("Exception: no such table")
                .message()
                .doesNotContain("Frame.java");
    }

    @Test
    void failsImmediatelyIfAProcessFails() {
        supervise(
                StubProcess.scripted(folder, "slow", "sleep 600"),
                StubProcess.scripted(folder, "broken", "echo broken; exit 1"));
        assertThatThrownBy(() -> supervisor.start(Duration.ofMinutes(5))).hasMessageContaining("broken exited");
    }

    @Test
    void reportsAProcessThatIsNotReadyInTime() {
        supervise(StubProcess.scripted(folder, "slow", "echo still starting; sleep 600"));
        assertThatThrownBy(() -> supervisor.start(Duration.ofSeconds(1)))
                .hasMessageContaining("slow is not ready after 1 s")
                .hasMessageContaining("still starting");
    }

    @Test
    void reportsAnUnexpectedExitAfterTheStart() {
        supervise(running("database"), running("service", "database"));
        supervisor.start(TIMEOUT);
        long pid = supervisor.process("service").pid().orElseThrow();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().untilAsserted(
                        () -> assertThat(events).anyMatch(line -> line.startsWith("service died (exit code 137)")));
        assertThat(supervisor.process("service").pid()).isEmpty();
        assertThat(supervisor.process("database").pid()).isPresent();
    }

    @Test
    void killingAndRestartingAProcessIsNotAnUnexpectedExit() throws Exception {
        supervise(running("database"), running("service", "database"));
        supervisor.start(TIMEOUT);
        ManagedProcess service = supervisor.process("service");
        long firstPid = service.pid().orElseThrow();

        service.kill();
        assertThat(service.pid()).isEmpty();
        Files.delete(folder.resolve("service.ready"));
        service.start();
        service.awaitReady(TIMEOUT);
        assertThat(service.pid()).isPresent().isNotEqualTo(firstPid);

        service.restart();
        await().untilAsserted(() -> assertThat(StubProcess.journal(folder))
                .filteredOn(line -> line.endsWith("service"))
                .containsExactly("start service", "start service", "end service", "start service"));
        assertThat(events).noneMatch(line -> line.contains("died"));
    }

    @Test
    void aLateNotificationOfAnEarlierExitIsIgnored() {
        supervise(StubProcess.scripted(folder, "service", "echo up >service.ready; sleep 600"));
        supervisor.start(TIMEOUT);
        ManagedProcess service = supervisor.process("service");
        for (int restart = 0; restart < RESTARTS; restart++) {
            service.kill();
            service.start();
        }
        long last = service.pid().orElseThrow();
        ProcessHandle.of(last).orElseThrow().destroyForcibly();
        await().untilAsserted(() -> assertThat(events).anyMatch(line -> line.contains("died")));
        assertThat(events).filteredOn(line -> line.contains("died")).hasSize(1);
    }

    @Test
    void startsNoProcessAfterStop() {
        supervise(StubProcess.scripted(folder, "slow", "sleep 600"), running("service", "slow"));
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> supervisor.start(TIMEOUT));
        await().until(() -> supervisor.process("slow").pid().isPresent());
        supervisor.stop();
        assertThat(supervisor.process("slow").pid()).isEmpty();
        assertThatThrownBy(start::join).hasCauseInstanceOf(ProcessFailure.class);
        assertThatThrownBy(() -> supervisor.process("service").start()).hasMessageContaining("being stopped");
    }

    @Test
    void rejectsADependencyOnALaterPlan() {
        supervise();
        List<ProcessPlan> plans = List.of(running("service", "database"), running("database"));
        assertThatThrownBy(() -> new Supervisor(plans, ProcessFolder.under(folder), new RecordingListener()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("service depends on database");
    }

    @Test
    void rejectsTheUseOfAPlanThatIsUnknownOrDependsOnOthers() {
        supervise();
        ProcessPlan service = running("service").using(List.of("member"));
        for (List<ProcessPlan> plans : List.of(
                List.of(service),
                List.of(service, running("member", "service")),
                List.of(running("member").using(List.of("service")), service))) {
            assertThatThrownBy(() -> new Supervisor(plans, ProcessFolder.under(folder), new RecordingListener()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(" uses ");
        }
    }

    private ProcessPlan running(String name, String... needs) {
        return StubProcess.running(folder, name, needs);
    }

    private void supervise(ProcessPlan... plans) {
        supervisor = new Supervisor(List.of(plans), ProcessFolder.under(folder), new RecordingListener());
    }

    private final class RecordingListener implements Supervisor.Listener {
        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {
            events.add(process.name() + " is ready");
        }

        @Override
        public void died(ManagedProcess process, String explanation) {
            events.add(process.name() + " died" + explanation);
        }
    }
}
