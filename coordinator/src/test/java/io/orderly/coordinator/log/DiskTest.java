package io.orderly.coordinator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link Disk}, for the file system and for the simulated disk. */
class DiskTest {

    @TempDir
    static Path folder;

    static int count;

    static Stream<Disk> disks() throws IOException {
        return Stream.of(new SimulatedDisk(new SplittableRandom(1)), FolderDisk.take(folder.resolve("a/b/" + count++)));
    }

    @ParameterizedTest
    @MethodSource("disks")
    void readsWhatWasWritten(Disk disk) throws IOException {
        try (DiskFile file = disk.create("one")) {
            file.write(3, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            file.force();
            assertThat(file.size()).isEqualTo(6);
            ByteBuffer read = ByteBuffer.allocate(10);
            assertThat(file.read(2, read)).isEqualTo(4);
            assertThat(read.array()).startsWith(0, 1, 2, 3, 0);
            assertThat(file.read(6, ByteBuffer.allocate(1))).isZero();
            assertThat(file.read(600, ByteBuffer.allocate(1))).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("disks")
    void truncatesAndNeverExtendsAFile(Disk disk) throws IOException {
        try (DiskFile file = disk.create("one")) {
            file.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            file.truncate(2);
            file.truncate(9);
            assertThat(file.size()).isEqualTo(2);
            file.write(3, ByteBuffer.wrap(new byte[] {4}));
            ByteBuffer read = ByteBuffer.allocate(4);
            file.read(0, read);
            assertThat(read.array()).containsExactly(1, 2, 0, 4);
        }
    }

    @ParameterizedTest
    @MethodSource("disks")
    void listsItsFiles(Disk disk) throws IOException {
        disk.create("b").close();
        disk.create("a").close();
        assertThat(disk.names()).containsExactly("a", "b");
        assertThatThrownBy(() -> disk.create("a")).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> disk.open("c")).isInstanceOf(NoSuchFileException.class);
        disk.rename("a", "b");
        assertThat(disk.names()).containsExactly("b");
        disk.delete("b");
        disk.delete("b");
        disk.force();
        assertThat(disk.names()).isEmpty();
        assertThat(disk.freeBytes()).isPositive();
    }
}
