package io.orderly.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs Maven as the build that runs this test does: offline, on the same local repository. Builds one module at a time, because
 * another one of these builds runs meanwhile. All JVMs that it starts use C1 alone, because none runs long enough for C2 to save more
 * processor time than it takes.
 */
final class Maven {

    private static final int LAST_LINES = 60;

    private final Path project;
    private final Path log;

    /**
     * @param project the folder of its {@code pom.xml}
     * @param log of all runs; created by the first
     */
    Maven(Path project, Path log) {
        this.project = project;
        this.log = log;
    }

    /** Fails with the end of the log unless Maven succeeds in time. */
    void run(Duration timeout, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("orderly.test.maven-home"), "bin", "mvn")
                        .toString(),
                "-B",
                "-ntp",
                "-o",
                "-T1",
                "-Dmaven.repo.local=" + System.getProperty("orderly.test.local-repository")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> "%s within %s: %s".formatted(command, timeout, endOfLog()))
                    .isTrue();
            assertThat(process.exitValue()).as(this::endOfLog).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
