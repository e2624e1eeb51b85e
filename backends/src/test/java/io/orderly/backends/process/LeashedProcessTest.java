package io.orderly.backends.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeashedProcessTest {

    private static final String WRITES_ITS_NAME_AT_ITS_END =
            "trap 'sleep 0.3; echo \"$0\" >>ended; exit 0' TERM; echo up; while :; do sleep 0.05; done";
    private static final String IGNORES_SIGTERM = "trap '' TERM; echo up; while :; do sleep 0.05; done";

    @TempDir
    Path folder;

    @Test
    void logsTheOutputAndReportsTheExitCode() throws IOException {
        LeashedProcess process = LeashedProcess.start(shell("speaker", "echo hello; echo world >&2; exit 7"));
        assertThat(process.onExit().join()).isEqualTo(7);
        assertThat(folder.resolve("speaker.log")).hasContent("hello\nworld");
        assertThat(folder.resolve("speaker.pid")).doesNotExist();
    }

    @Test
    void reportsTheSignalThatEndedTheProcess() {
        LeashedProcess process = LeashedProcess.start(shell("victim", "sleep 600"));
        process.kill();
        assertThat(process.onExit().join()).isEqualTo(128 + 9);
    }

    @Test
    void reportsAProgramThatDoesNotExist() {
        ProcessSpec spec = spec("nothing", List.of("/nowhere/to/be/found"), Duration.ofSeconds(5));
        assertThat(LeashedProcess.start(spec).onExit().join()).isEqualTo(127);
    }

    @Test
    void reportsThePidOfTheProcessItself() {
        LeashedProcess process = LeashedProcess.start(shell("myself", "echo $$; exec sleep 600"));
        try {
            await().untilAsserted(
                            () -> assertThat(folder.resolve("myself.log")).hasContent(Long.toString(process.pid())));
            assertThat(folder.resolve("myself.pid")).hasContent(Long.toString(process.pid()));
        } finally {
            process.stop();
        }
    }

    @Test
    void theProcessCanEndGracefully() {
        LeashedProcess process = LeashedProcess.start(shell("polite", WRITES_ITS_NAME_AT_ITS_END));
        awaitUp("polite");
        process.stop();
        assertThat(folder.resolve("ended")).hasContent("polite");
        assertThat(isRunning(process.pid())).isFalse();
    }

    @Test
    void killsAProcessThatIgnoresTheSignal() {
        LeashedProcess process =
                LeashedProcess.start(spec("deaf", List.of("sh", "-c", IGNORES_SIGTERM, "deaf"), Duration.ofSeconds(1)));
        awaitUp("deaf");
        process.stop();
        assertThat(process.onExit().join()).isEqualTo(128 + 9);
    }

    @Test
    void endsTheChildrenThatTheProcessLeavesBehind() throws IOException {
        LeashedProcess process =
                LeashedProcess.start(shell("parent", "sh -c 'echo $$ >child; echo up; sleep 600; :' & wait"));
        awaitUp("parent");
        process.stop();
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        await().until(() -> !isRunning(child));
    }

    @Test
    void stopsDoNotWaitForDependents() {
        LeashedProcess dependent = LeashedProcess.start(shell("dependent", "sleep 600"));
        LeashedProcess process = LeashedProcess.start(shell("base", "sleep 600", "dependent"));
        process.stop();
        assertThat(isRunning(dependent.pid())).isTrue();
        dependent.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "INT"})
    void noProcessOutlivesItsOwnerAndDependentsEndFirst(String signal) throws Exception {
        assumeFalse(
                signal.equals("INT") && ignoresInterrupts(),
                "this build ignores SIGINT, as a shell requests it for background processes");
        Process owner = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader pids = owner.inputReader()) {
            long base = Long.parseLong(pids.readLine());
            long dependent = Long.parseLong(pids.readLine());
            awaitUp("base");
            awaitUp("dependent");

            new ProcessBuilder("kill", "-" + signal, Long.toString(owner.pid()))
                    .start()
                    .waitFor();

            assertThat(owner.waitFor(10, TimeUnit.SECONDS)).isTrue();
            await().until(() -> !isRunning(base) && !isRunning(dependent));
            assertThat(folder.resolve("ended")).hasContent("dependent\nbase");
        } finally {
            owner.destroyForcibly();
        }
    }

    private static boolean ignoresInterrupts() throws IOException {
        int interrupt = 1 << (2 - 1);
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.split("\\s+")[1], 16))
                    .anyMatch(ignored -> (ignored & interrupt) != 0);
        }
    }

    /** Starts two processes, one dependent on the other, and never ends them. */
    static final class Owner {
        public static void main(String[] args) throws InterruptedException {
            LeashedProcessTest test = new LeashedProcessTest();
            test.folder = Path.of(args[0]);
            System.out.println(LeashedProcess.start(test.shell("base", WRITES_ITS_NAME_AT_ITS_END, "dependent"))
                    .pid());
            System.out.println(LeashedProcess.start(test.shell("dependent", WRITES_ITS_NAME_AT_ITS_END))
                    .pid());
            Thread.currentThread().join();
        }
    }

    private ProcessSpec shell(String name, String script, String... dependents) {
        String inFolder = "cd '" + folder + "'; " + script;
        return spec(name, List.of("sh", "-c", inFolder, name), Duration.ofSeconds(10), dependents);
    }

    private ProcessSpec spec(String name, List<String> command, Duration grace, String... dependents) {
        return new ProcessSpec(
                command,
                Map.of(),
                folder.resolve(name + ".log"),
                folder.resolve(name + ".pid"),
                List.of(dependents),
                StopSignal.TERM,
                grace);
    }

    private void awaitUp(String name) {
        await().untilAsserted(() ->
                assertThat(Files.readString(folder.resolve(name + ".log"))).contains("up"));
    }

    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
