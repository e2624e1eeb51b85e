package io.orderly.coordinator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDiskTest {

    @TempDir
    Path folder;

    @Test
    void locksItsFolder() throws IOException {
        try (var disk = FolderDisk.take(folder)) {
            assertThatThrownBy(() -> FolderDisk.take(folder))
                    .isInstanceOf(UnusableFolderException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("in use")
                    .hasMessageContaining("stop that node first");
            assertThat(disk.names()).isEmpty();
        }
        FolderDisk.take(folder).close();
    }

    @Test
    void reportsThatAFolderCannotBeCreated() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        assertThatThrownBy(() -> FolderDisk.take(file.resolve("data")))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("name another one");
    }

    /** A folder in the place of the lock file. Missing permissions would have no effect for root. */
    @Test
    void reportsThatAFolderCannotBeWritten() throws IOException {
        Files.createDirectories(folder.resolve("lock/x"));
        assertThatThrownBy(() -> FolderDisk.take(folder))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining(folder + " cannot be written")
                .hasMessageContaining("permission to write");
    }
}
