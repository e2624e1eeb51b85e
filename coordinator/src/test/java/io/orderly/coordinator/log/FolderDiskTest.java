package io.orderly.coordinator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
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

    /** Skipped without root privileges, which mounting requires. */
    @Test
    void tellsAFullFileSystemFromOtherFailuresAndWritesOnceThereIsSpace() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString()),
                "cannot mount a small file system");
        try (var disk = FolderDisk.take(folder)) {
            Files.write(folder.resolve("filler"), new byte[900 << 10]);
            try (DiskFile file = disk.create("f")) {
                ByteBuffer much = ByteBuffer.allocate(500 << 10);
                assertThatThrownBy(() -> file.write(0, much.duplicate())).isInstanceOf(DiskFullException.class);
                Files.delete(folder.resolve("filler"));
                file.write(0, much.duplicate());
                assertThat(file.size()).isEqualTo(much.capacity());
            }
        } finally {
            run("umount", folder.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
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
