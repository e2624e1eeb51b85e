package io.orderly.coordinator.log;

import static io.orderly.coordinator.log.LogFixture.IDENTITY;
import static io.orderly.coordinator.log.LogFixture.MEMBERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Payload;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process writes to a real folder and prints what was acknowledged. It is killed repeatedly; after each kill the folder holds
 * everything that it printed.
 */
class KilledWriterIntegrationTest {

    private static final LogSettings SETTINGS = new LogSettings(64 << 10, 1_000, FsyncPolicy.ALWAYS);
    private static final int MAX_LENGTH = 3_000;
    private static final int LIVES = 6;

    @TempDir
    Path path;

    /** The process: appends batches without end and prints, after each commit, the last slot and the promise. */
    static final class Writer {

        public static void main(String... arguments) throws IOException {
            DataFolder folder = DataFolder.open(FolderDisk.take(Path.of(arguments[0])), IDENTITY, SETTINGS);
            DurableState state = folder.recovery().state();
            long slot = state.entries().size();
            long round = state.promised().round();
            while (true) {
                round++;
                folder.log().append(new DurableRecord.Promised(new Ballot(round, 1)));
                for (int commits = 0; commits < 20; commits++) {
                    for (int records = 0; records < 5; records++) {
                        slot++;
                        folder.log().append(new DurableRecord.Accepted(entry(slot, round)));
                    }
                    folder.log().commit();
                    System.out.println(slot + " " + round);
                }
            }
        }
    }

    private static Entry entry(long slot, long round) {
        byte[] command = new byte[(int) (slot * 37 % MAX_LENGTH)];
        Arrays.fill(command, (byte) slot);
        return new Entry(slot, new Ballot(round, 1), new Payload.Command(command));
    }

    @Test
    void losesNothingThatItAcknowledged() throws IOException, InterruptedException {
        try (FolderDisk disk = FolderDisk.take(path)) {
            DataFolder.create(disk, IDENTITY, 7, MEMBERS, SETTINGS);
        }
        int before = 0;
        for (int life = 1; life <= LIVES; life++) {
            String[] acknowledged = runAndKill(60 * life).split(" ");
            try (FolderDisk disk = FolderDisk.take(path);
                    DataFolder folder = DataFolder.open(disk, IDENTITY, SETTINGS)) {
                DurableState state = folder.recovery().state();
                assertThat(state.entries().size())
                        .isGreaterThan(before)
                        .isGreaterThanOrEqualTo(Integer.parseInt(acknowledged[0]));
                assertThat(state.promised().round()).isGreaterThanOrEqualTo(Long.parseLong(acknowledged[1]));
                assertThat(state.corruptSlots()).isEmpty();
                assertThat(folder.recovery().corruptRecords()
                                + folder.recovery().recordsRecoveredFromIndex())
                        .isZero();
                for (Entry entry : state.entries()) {
                    assertThat(entry)
                            .isEqualTo(entry(entry.slot(), entry.ballot().round()));
                }
                before = state.entries().size();
            }
        }
    }

    /** @return the last line that the writer printed before it was killed */
    private String runAndKill(int lines) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = writer.inputReader()) {
            String last = null;
            for (int i = 0; i < lines; i++) {
                last = output.readLine();
                assertThat(last).as("the writer has printed a line").isNotNull();
                if (i == 0) {
                    assertThatThrownBy(() -> FolderDisk.take(path))
                            .isInstanceOf(UnusableFolderException.class)
                            .hasMessageContaining("is in use by another node");
                }
            }
            // not the process itself, which would close its output too
            writer.toHandle().destroyForcibly();
            String line = output.readLine();
            while (line != null && line.matches("\\d+ \\d+")) {
                last = line;
                line = output.readLine();
            }
            assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return last;
        }
    }
}
