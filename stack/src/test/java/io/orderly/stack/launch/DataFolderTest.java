package io.orderly.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path root;

    @Test
    void hasASingleOwner() {
        try (DataFolder folder = DataFolder.take(root)) {
            assertThatThrownBy(() -> DataFolder.take(folder.root()))
                    .isInstanceOf(ProcessFailure.class)
                    .hasMessageContaining(
                            "started by pid " + ProcessHandle.current().pid());
        }
        DataFolder.take(root).close();
    }

    @Test
    void canBeLockedAfterItsOwnerWasKilled() throws IOException {
        Files.writeString(root.resolve("launcher.pid"), "1\n");
        DataFolder.take(root).close();
    }

    @Test
    void keepsItsOwnerWhenEmptied() throws IOException {
        try (DataFolder folder = DataFolder.take(root)) {
            Files.createDirectories(folder.of("kafka").resolve("topic"));
            Files.writeString(folder.of("kafka").resolve("topic").resolve("segment"), "records");
            folder.empty();
            assertThat(folder.of("kafka")).doesNotExist();
            assertThatThrownBy(() -> DataFolder.take(root)).isInstanceOf(ProcessFailure.class);
        }
    }

    @Test
    void waitsForTheExitOfAnEarlierLaunchersProcesses() throws IOException {
        Process leftover = new ProcessBuilder("sleep", "0.5").start();
        Path pids = Files.createDirectories(root.resolve("pids"));
        Files.writeString(pids.resolve("kafka.pid"), leftover.pid() + "\n");
        DataFolder.take(root).close();
        assertThat(leftover.isAlive()).isFalse();
    }

    @Test
    void ignoresAPidWithoutAProcess() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path pids = Files.createDirectories(root.resolve("pids"));
        Files.writeString(pids.resolve("kafka.pid"), ended.pid() + "\n");
        Files.writeString(pids.resolve("broken.pid"), "");
        DataFolder.take(root).close();
    }
}
