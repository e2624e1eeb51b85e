package io.orderly.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a process that appends records to a file, for each line that it reads. */
class FileSizeLimitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String RECORD = "x".repeat(100);

    @TempDir
    private Path data;

    private Path journal;
    private Process process;

    @BeforeEach
    void start() throws IOException {
        journal = data.resolve("journal");
        process = new ProcessBuilder(
                        "sh", "-c", "while read line; do printf '%s' \"$line\" >> '" + journal + "' || exit 1; done")
                .start();
        append();
        await().atMost(PATIENCE).until(() -> Files.exists(journal) && Files.size(journal) == RECORD.length());
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    private void append() throws IOException {
        process.outputWriter().write(RECORD + "\n");
        process.outputWriter().flush();
    }

    @Test
    void aProcessThatCannotWriteEndsWithATornRecord() throws Exception {
        FileSizeLimit limit = FileSizeLimit.set(process.pid(), data);
        assertThat(limit.effect().tookEffect()).isFalse();

        append();

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(limit.effect().tookEffect()).isTrue();
        assertThat(Files.size(journal)).isGreaterThan(RECORD.length()).isLessThan(2L * RECORD.length());
        limit.heal();
    }

    @Test
    void theFilesOfAProcessGrowAgainAfterwards() throws Exception {
        FileSizeLimit limit = FileSizeLimit.set(process.pid(), data);
        limit.heal();

        append();

        await().atMost(PATIENCE).until(() -> Files.size(journal) == 2L * RECORD.length());
        assertThat(limit.effect().tookEffect()).isFalse();
    }
}
