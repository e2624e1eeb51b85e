package io.orderly.onboarding;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.backends.FreePort;
import io.orderly.stack.OrderlyApplication;
import io.orderly.stack.coordinator.CoordinatorPorts;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the whole system as started by {@code ./run}. The tests share a data folder and run in order.
 */
@Tag("system")
@Isolated
@TestMethodOrder(OrderAnnotation.class)
class StackIntegrationTest {

    /** Several times what it takes on two cores, for a machine that is busy. */
    private static final Duration START = Duration.ofMinutes(6);

    private static final Pattern PID = Pattern.compile("pid (\\d+)$", Pattern.MULTILINE);

    /** C1 alone: the processes inherit it, and none runs long enough for C2 to save more processor time than it takes. */
    private static final Map<String, String> SHORT_LIVED = Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

    /** The port of each process, by its default, which the documents name. */
    private static final Map<Integer, Integer> PORTS = Stream.of(
                    9092, 15432, 8080, 8081, 8082, 8083, 8084, 8090, 2379, 2479, 2579, 2380, 2480, 2580, 8085, 8086,
                    8087)
            .collect(Collectors.toMap(port -> port, _ -> FreePort.find()));

    private static final int KAFKA_PORT = PORTS.get(9092);
    private static final List<String> PORT_OPTIONS = List.of(
            CoordinatorPorts.CLIENT_OPTION + "=" + ports(2379, 2479, 2579),
            CoordinatorPorts.PEER_OPTION + "=" + ports(2380, 2480, 2580),
            CoordinatorPorts.HTTP_OPTION + "=" + ports(8085, 8086, 8087),
            "--kafka-port=" + KAFKA_PORT,
            "--postgresql-port=" + ports(15432),
            "--provider-port=" + ports(8084),
            "--order-port=" + ports(8080),
            "--inventory-port=" + ports(8081),
            "--payment-port=" + ports(8082),
            "--shipping-port=" + ports(8083),
            "--console-port=" + ports(8090));

    private static final Path DATA = Path.of("target", "system").toAbsolutePath();

    @TempDir
    private static Path folder;

    private static final List<Process> LAUNCHERS = new ArrayList<>();

    /** Of the system that several tests share. */
    private static @Nullable Launch up;

    @AfterAll
    static void end() {
        LAUNCHERS.forEach(Process::destroyForcibly);
        DataFolder.take(DATA).close(); // waits for the exit of their processes
    }

    @Test
    @Order(1)
    void checkShowsTwoOrdersSurvivesTheLossOfTheLeaderAndStopsAllProcesses() throws Exception {
        Launch launch = launch("check", run(DATA, "--fresh", "--check"));
        assertThat(launch.awaitExit(START)).as(launch.output()).isZero();
        assertThat(launch.output())
                .contains("is CONFIRMED after")
                .contains("is REJECTED after")
                .contains("console            http://127.0.0.1:" + ports(8090))
                .contains("RELEASE_INVENTORY")
                .contains("Members, as seen by order-service-1")
                .contains("the leader, was killed", "is the new leader", "had caught up")
                .contains("All processes have stopped.");
        assertThat(launch.pids()).hasSize(11).noneMatch(StackIntegrationTest::isRunning);
    }

    @Test
    @Order(2)
    void hasASingleOwner() throws Exception {
        Launch launch = launch("up", run(DATA));
        up = launch;
        launch.awaitOutput("kafka              ready");

        Launch second = launch("second", run(DATA));
        assertThat(second.awaitExit(START)).isEqualTo(1);
        assertThat(second.output()).contains("started by pid " + launch.process.pid());

        Launch elsewhere = launch("elsewhere", run(folder.resolve("elsewhere")));
        assertThat(elsewhere.awaitExit(START)).isEqualTo(1);
        assertThat(elsewhere.output())
                .contains("port %d of kafka is in use by".formatted(KAFKA_PORT))
                .contains("--kafka-port selects another port");

        Launch events = launch("events", orderly("events", "--from-beginning", "--kafka-port=" + KAFKA_PORT));
        events.awaitOutput("OrderConfirmed");
        events.awaitOutput("OrderRejected");
        signal("TERM", events.process);
    }

    @ParameterizedTest
    @MethodSource("pages")
    @Order(3)
    void theCommandsOfAPagePrintWhatItShows(PatternPage page) throws Exception {
        requireNonNull(up).awaitOutput("Running; press Ctrl-C");
        DocumentedCommands commands = new DocumentedCommands(folder, DATA, PORTS, orderly(), PORT_OPTIONS);
        assertThat(page.examples())
                .anySatisfy(example -> assertThat(example.output()).isNotEmpty());
        for (PatternPage.Example example : page.examples()) {
            if (example.isSimulation()) {
                continue;
            }
            String printed = commands.run(example.commands());
            assertThat(example.missingIn(printed))
                    .as("missing in the output of%n%s%n%s", example.commands(), printed)
                    .isEmpty();
        }
    }

    /** Those of the patterns, and then other documents whose commands change the system. */
    static List<PatternPage> pages() throws IOException {
        Path documents = Path.of("..", "docs");
        List<PatternPage> pages = new ArrayList<>(PatternPage.all(documents.resolve("patterns")));
        pages.add(PatternPage.read(documents.resolve("sessions.md")));
        pages.add(PatternPage.read(documents.resolve("shards.md")));
        pages.add(PatternPage.read(documents.resolve("lessons.md")));
        return pages;
    }

    @Test
    @Order(4)
    void noProcessSurvivesTheKillOfTheOwner() throws Exception {
        Launch launch = requireNonNull(up);
        await().atMost(START).until(() -> runningPids().size() == 11);
        List<Long> pids = runningPids();
        launch.process.destroyForcibly();
        await().atMost(START).until(() -> pids.stream().noneMatch(StackIntegrationTest::isRunning));
    }

    @Test
    @Order(5)
    void stopsOnASignalDuringTheStart() throws Exception {
        Launch launch = launch("asked", run(DATA));
        launch.awaitOutput("kafka              ready");
        signal("TERM", launch.process);
        assertThat(launch.awaitExit(START)).isEqualTo(128 + 15);
        assertThat(launch.output())
                .contains("All processes have stopped.")
                .doesNotContain("exited before it was ready");
        assertThat(launch.pids()).noneMatch(StackIntegrationTest::isRunning);
    }

    private static List<String> run(Path data, String... options) {
        List<String> command = orderly("--data=" + data);
        command.addAll(PORT_OPTIONS);
        command.addAll(List.of(options));
        return command;
    }

    private static List<String> orderly(String... arguments) {
        Path repository = Path.of("..").toAbsolutePath().normalize();
        return JavaCommand.mainClass(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorderly.home=" + repository),
                OrderlyApplication.class.getName(),
                arguments);
    }

    /** The actual ports, separated by commas. */
    private static String ports(Integer... defaults) {
        return Stream.of(defaults).map(port -> PORTS.get(port).toString()).collect(Collectors.joining(","));
    }

    private static List<Long> runningPids() throws IOException {
        try (Stream<Path> files = Files.list(DATA.resolve("pids"))) {
            List<Long> pids = new ArrayList<>();
            for (Path file : files.toList()) {
                pids.add(Long.parseLong(Files.readString(file).strip()));
            }
            return pids;
        }
    }

    private static Launch launch(String name, List<String> command) throws IOException {
        Path output = folder.resolve(name + ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(SHORT_LIVED);
        Process process = builder.start();
        LAUNCHERS.add(process);
        return new Launch(process, output);
    }

    private static void signal(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private record Launch(Process process, Path file) {

        String output() throws IOException {
            return Files.readString(file);
        }

        List<Long> pids() throws IOException {
            return PID.matcher(output())
                    .results()
                    .map(result -> Long.parseLong(result.group(1)))
                    .toList();
        }

        void awaitOutput(String text) throws IOException {
            await().atMost(START).until(() -> output().contains(text) || !process.isAlive());
            assertThat(output()).contains(text);
        }

        int awaitExit(Duration timeout) throws InterruptedException {
            assertThat(process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }
}
