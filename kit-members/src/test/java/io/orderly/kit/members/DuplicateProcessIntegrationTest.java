package io.orderly.kit.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Processes with one id, which find each other by a seed. The seed is in this process, because a process takes longer to start. */
class DuplicateProcessIntegrationTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Pattern ADDRESS = Pattern.compile("receives gossip at 127\\.0\\.0\\.1:(\\d+)");
    private static final String STARTED = "Started TestService in";

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    private ConfigurableApplicationContext seed;

    /** @param log of the process */
    private record Instance(Process process, Path log) {

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
        if (seed != null) {
            seed.close();
        }
    }

    @Test
    void theSecondProcessWithTheIdOfALiveOneEndsAndTheNextOneAfterAKillStarts() throws Exception {
        seed = SpringApplication.run(TestService.class, settings("seed", 0));
        Instance first = start(0).awaitStart();

        Instance second = start(0);
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
        String url = "http://127.0.0.1:" + first.port();
        await().atMost(LONG)
                .until(() -> Optional.ofNullable(
                                seed.getBean(MembersEndpoint.class).member("order-1"))
                        .filter(member -> url.equals(member.url()))
                        .isPresent());

        int port = first.port();
        first.process().destroyForcibly();
        first.awaitExit();
        start(port).awaitStart();
    }

    /** @param port 0 for a free one */
    private Instance start(int port) throws IOException {
        Path log = folder.resolve("order-%d.log".formatted(processes.size()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:MetaspaceSize=192m",
                "-XX:SweeperThreshold=50",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                TestService.class.getName()));
        command.addAll(List.of(settings("order", port)));
        command.add("--orderly.members.seeds=127.0.0.1:" + seed.getEnvironment().getProperty("local.server.port"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        processes.add(process);
        return new Instance(process, log);
    }

    /** @param port 0 for a free one */
    private static String[] settings(String service, int port) {
        return new String[] {
            "--spring.application.name=" + service,
            "--server.address=127.0.0.1",
            "--server.port=" + port,
            "--orderly.members.enabled=true",
            "--orderly.members.instance=1",
            "--orderly.members.join-timeout=" + LONG
        };
    }
}
