package io.orderly.lab.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderly.lab.LabApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./run lab --system} as a process, with a shop in Python. */
@Tag("system")
class SystemTrialIntegrationTest {

    private static final Path SHOP = Path.of("src", "test", "resources", "systems");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    private Process lab;

    @BeforeAll
    static void requirePython() throws InterruptedException {
        assumeTrue(hasPython(), "Skipped: python3 is not installed; on Debian, apt-get install python3 installs it");
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    @AfterEach
    void endLab() {
        if (lab != null) {
            lab.destroyForcibly();
        }
    }

    @Test
    void findsBothBugsOfTheShop() throws Exception {
        assertThat(exitCode(start(shop()))).as(output()).isEqualTo(1);

        JsonNode run = run();
        assertThat(outcome(run, "acknowledged-orders-end")).isEqualTo("failed");
        assertThat(violations(run, "acknowledged-orders-end"))
                .isNotEmpty()
                .allSatisfy(lost -> assertThat(lost).contains("last response: 404"));
        assertThat(outcome(run, "orders-are-charged-once")).isEqualTo("failed");
        assertThat(violations(run, "orders-are-charged-once"))
                .isNotEmpty()
                .allSatisfy(twice -> assertThat(twice).contains("\"charges\":"));
        assertThat(run.path("faults").values())
                .extracting(fault -> fault.path("title").asString(""))
                .containsExactlyInAnyOrder("latency shop->payment", "kill shop");
        assertThat(output())
                .contains("failed       acknowledged-orders-end", "last response: 404", "kill shop from", "was killed");
        assertThat(Files.readString(folder.resolve("data/reports/system-shop.xml")))
                .contains("tests=\"3\"", "failures=\"2\"", "name=\"orders-are-charged-once\"");
        assertThat(processes()).isEmpty();
    }

    @Test
    void findsNothingInTheMendedShop() throws Exception {
        int exitCode = exitCode(start(shop("MENDED: \"no\"", "MENDED: \"yes\"")));

        JsonNode run = run();
        assertThat(run.path("invariants").values())
                .as(output())
                .hasSize(2)
                .allSatisfy(invariant ->
                        assertThat(invariant.path("outcome").asString("")).isEqualTo("passed"));
        assertThat(run.path("phases").values()).allSatisfy(phase -> {
            assertThat(phase.path("right").asInt())
                    .isPositive()
                    .isEqualTo(phase.path("acknowledged").asInt());
            assertThat(phase.path("wrong").asInt()).isZero();
        });
        // a machine that is too busy to send requests in time makes the run invalid, which is no violation
        assertThat(exitCode).isEqualTo(run.path("validityProblems").isEmpty() ? 0 : 3);
    }

    @Test
    void leavesNoProcessBehindWhenItIsKilled() throws Exception {
        List<ProcessHandle> started = startUntilItHasLoad();
        lab.destroyForcibly();
        assertThat(exitCode(lab)).isEqualTo(KILLED);
        await().atMost(TIMEOUT).until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** With SIGTERM, which has the effect of Ctrl-C, and is not ignored by the children of a shell in the background. */
    @Test
    void endsItsProcessesWhenItIsInterrupted() throws Exception {
        List<ProcessHandle> started = startUntilItHasLoad();
        lab.destroy();
        assertThat(exitCode(lab)).as(output()).isEqualTo(TERMINATED);
        assertThat(started).noneMatch(ProcessHandle::isAlive);
        assertThat(run().path("invariants").isEmpty()).as("of a partial run").isTrue();
        assertThat(output()).contains("INVALID: the run was interrupted");
    }

    @Test
    void aProcessThatDoesNotStartEndsTheOthers() throws Exception {
        Path file = shop(
                "[python3, \"${folder}/shop.py\", shop, \"${port.shop}\", \"${data}\"]",
                "[sh, -c, \"echo no stock; exit 7\"]");
        assertThat(exitCode(start(file))).as(output()).isEqualTo(3);
        assertThat(output()).contains("shop exited before it was ready (exit code 7)", "no stock");
        assertThat(processes()).isEmpty();
    }

    @Test
    void startsNothingOfAnInvalidFile() throws Exception {
        Path file = shop("for: 1s", "for: 1h");
        assertThat(exitCode(start(file))).isEqualTo(2);
        assertThat(output()).contains(file + ":34: scenarios.slow-payment-and-kill.faults[1].for should be a duration");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private List<ProcessHandle> startUntilItHasLoad() throws IOException {
        start(shop());
        await().atMost(TIMEOUT).until(() -> output().contains("before for") || !lab.isAlive());
        List<ProcessHandle> started = processes();
        assertThat(started).as(output()).hasSize(2);
        return started;
    }

    /** A copy of the shop, with replaced texts. */
    private Path shop(String... replacements) throws IOException {
        Files.copy(SHOP.resolve("shop.py"), folder.resolve("shop.py"));
        String text = Files.readString(SHOP.resolve("shop.yaml"));
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return Files.writeString(folder.resolve("shop.yaml"), text);
    }

    private Process start(Path file) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LabApplication.class.getName(),
                "lab",
                "--system=" + file,
                "--data=" + folder.resolve("data"));
        lab = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        return lab;
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private JsonNode run() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(folder.resolve("data/reports/system-shop.json")))
                .path("runs")
                .path(0);
    }

    private static String outcome(JsonNode run, String invariant) {
        return invariant(run, invariant).path("outcome").asString("");
    }

    private static List<String> violations(JsonNode run, String invariant) {
        return invariant(run, invariant).path("violations").values().stream()
                .map(violation -> violation.asString(""))
                .toList();
    }

    private static JsonNode invariant(JsonNode run, String name) {
        return run.path("invariants").values().stream()
                .filter(each -> each.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The processes of the shop that are running, by their pid files. */
    private List<ProcessHandle> processes() throws IOException {
        List<ProcessHandle> running = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("data/systems/shop/pids"))) {
            for (Path file : files.toList()) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                        .filter(ProcessHandle::isAlive)
                        .ifPresent(running::add);
            }
        }
        return running;
    }
}
