package io.orderly.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFillerTest {

    @TempDir
    private Path folder;

    private boolean mounted;

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", folder.toString());
        }
    }

    /** Skipped without root privileges, which mounting requires. */
    @Test
    void fillsASmallFileSystemAndReleasesTheSpace() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder.toString());
        assumeTrue(mounted, "cannot mount a small file system");
        Files.writeString(folder.resolve("data"), "stays");

        DiskFiller filler = DiskFiller.start(folder);

        assertThat(filler.effect().tookEffect()).isTrue();
        assertThatThrownBy(() -> Files.write(folder.resolve("more"), new byte[8_192]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space");

        filler.heal();

        assertThat(Files.readString(folder.resolve("data"))).isEqualTo("stays");
        Files.write(folder.resolve("again"), new byte[1 << 20]);
    }

    @Test
    void rejectsALargeFileSystem() throws Exception {
        assumeTrue(Files.getFileStore(folder).getTotalSpace() > 4L << 30, "the file system is too small");

        assertThatThrownBy(() -> DiskFiller.start(folder))
                .isInstanceOf(FaultInjectionException.class)
                .hasMessageContaining("small file system");
        assertThat(folder).isEmptyDirectory();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
