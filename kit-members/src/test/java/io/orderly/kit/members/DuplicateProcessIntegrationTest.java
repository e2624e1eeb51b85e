package io.orderly.kit.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes with one id, which find each other by a seed. */
class DuplicateProcessIntegrationTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Pattern ADDRESS = Pattern.compile("receives gossip at 127\\.0\\.0\\.1:(\\d+)");
    private static final String STARTED = "Started TestService in";

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param log of the process
     * @param http to ask it
     */
    private record Instance(Process process, Path log, HttpClient http) {

        String output() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        int port() {
            Matcher address = ADDRESS.matcher(output());
            assertThat(address.find()).as(output()).isTrue();
            return Integer.parseInt(address.group(1));
        }

        Instance awaitStart() {
            await().atMost(LONG).until(() -> output().contains(STARTED) || !process.isAlive());
            assertThat(output()).contains(STARTED);
            return this;
        }

        /** Waits until this process sees the member at the given port. */
        void awaitMember(String id, int port) {
            HttpRequest member = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:%d/actuator/members/%s".formatted(port(), id)))
                    .timeout(LONG)
                    .build();
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(http.send(member, HttpResponse.BodyHandlers.ofString())
                                    .body())
                            .contains("\"http://127.0.0.1:%d\"".formatted(port)));
        }

        int awaitExit() throws InterruptedException {
            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                    .as(output())
                    .isTrue();
            return process.exitValue();
        }
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
        http.close();
    }

    @Test
    void theSecondProcessWithTheIdOfALiveOneEndsAndTheNextOneAfterAKillStarts() throws Exception {
        Instance seed = start("seed", 0, 0).awaitStart();
        Instance first = start("order", 0, seed.port()).awaitStart();

        Instance second = start("order", 0, seed.port());
        assertThat(second.awaitExit()).isOne();
        assertThat(second.output())
                .contains(
                        "Another live process has the id order-1: it receives gossip at 127.0.0.1:%1$d, and requests at http://127.0.0.1:%1$d"
                                .formatted(first.port()))
                .contains("give this instance another orderly.members.instance")
                .doesNotContain(STARTED);
        assertThat(first.process().isAlive()).isTrue();
        // The second process replaced the record of the first one for a moment. If the first one ended before it had
        // put that right, the next
        // start would ask the second process whether it lives, and wait for its answer until join-timeout.
        seed.awaitMember("order-1", first.port());

        int port = first.port();
        first.process().destroyForcibly();
        first.awaitExit();
        start("order", port, seed.port()).awaitStart();
    }

    /**
     * @param port 0 for a free one
     * @param seed the port of a seed; 0 for none
     */
    private Instance start(String service, int port, int seed) throws IOException {
        Path log = folder.resolve("%s-%d.log".formatted(service, processes.size()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                TestService.class.getName(),
                "--spring.application.name=" + service,
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--orderly.members.enabled=true",
                "--orderly.members.instance=1",
                "--management.endpoints.web.exposure.include=members",
                "--orderly.members.join-timeout=" + LONG));
        if (seed != 0) {
            command.add("--orderly.members.seeds=127.0.0.1:" + seed);
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        processes.add(process);
        return new Instance(process, log, http);
    }
}
