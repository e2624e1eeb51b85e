package io.orderly.coordinator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.log.Disk;
import io.orderly.coordinator.log.DiskFile;
import io.orderly.coordinator.log.DiskFullException;
import io.orderly.coordinator.log.FolderDisk;
import io.orderly.coordinator.machine.Machine;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyMachineTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    private Path root;

    private FaultFile controls;
    private Machine machine;

    @BeforeEach
    void open() throws Exception {
        Path file = root.resolve("faults");
        controls = FaultFile.open(file);
        Machine healthy = new Machine() {

            @Override
            public InstantSource wallClock() {
                return InstantSource.fixed(NOW);
            }

            @Override
            public Disk disk(FolderDisk folder) {
                return folder;
            }
        };
        machine = new FaultyMachine(healthy, FaultFile.open(file));
    }

    @Test
    void theClockJumpsWhenTheFileChanges() {
        InstantSource clock = machine.wallClock();
        assertThat(clock.instant()).isEqualTo(NOW);

        controls.setClockOffset(Duration.ofSeconds(2));
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(2));

        controls.setClockOffset(Duration.ofSeconds(-2));
        assertThat(clock.millis()).isEqualTo(NOW.minusSeconds(2).toEpochMilli());
    }

    @Test
    void faultsOutliveTheProcessesThatUseTheFile() throws Exception {
        controls.setClockOffset(Duration.ofMillis(-3));
        controls.setForceDelay(Duration.ofMillis(4));
        controls.setDiskFull(true);

        FaultFile reopened = FaultFile.open(root.resolve("faults"));
        assertThat(reopened.clockOffset()).isEqualTo(Duration.ofMillis(-3));
        assertThat(reopened.forceDelay()).isEqualTo(Duration.ofMillis(4));
        assertThat(reopened.isDiskFull()).isTrue();
    }

    @Test
    void aSlowDiskDelaysEachForceAndNothingElse() throws Exception {
        try (FolderDisk folder = FolderDisk.take(root.resolve("data"))) {
            Disk disk = machine.disk(folder);
            controls.setForceDelay(Duration.ofMinutes(10));

            try (DiskFile file = disk.create("log")) {
                file.write(0, ByteBuffer.wrap(new byte[] {1, 2}));
                assertThat(file.size()).isEqualTo(2);
                assertDelayed(file::force);
                assertDelayed(disk::force);

                controls.setForceDelay(Duration.ZERO);
                file.force();
                disk.force();
            }
        }
    }

    @Test
    void aFullDiskRefusesWhatNeedsSpaceAndNothingElse() throws Exception {
        try (FolderDisk folder = FolderDisk.take(root.resolve("data"))) {
            Disk disk = machine.disk(folder);
            disk.create("old").close();
            try (DiskFile file = disk.create("log")) {
                file.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
                controls.setDiskFull(true);

                assertThat(disk.freeBytes()).isZero();
                assertThatThrownBy(() -> disk.create("new")).isInstanceOf(DiskFullException.class);
                assertThatThrownBy(() -> file.write(2, ByteBuffer.wrap(new byte[] {4, 5})))
                        .isInstanceOf(DiskFullException.class);
                assertThat(controls.refusals()).isEqualTo(3);

                file.write(1, ByteBuffer.wrap(new byte[] {4, 5}));
                file.force();
                file.truncate(2);
                disk.delete("old");
                assertThat(disk.names()).containsExactly("log");
                assertThat(file.size()).isEqualTo(2);

                controls.setDiskFull(false);
                file.write(2, ByteBuffer.wrap(new byte[] {6}));
                disk.create("new").close();
                assertThat(disk.freeBytes()).isPositive();
                assertThat(controls.refusals()).isEqualTo(3);
            }
        }
    }

    /** With the interruption pending, a delay ends at once, and what does not wait is not affected. */
    private static void assertDelayed(Force force) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(force::run).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @FunctionalInterface
    private interface Force {

        void run() throws Exception;
    }
}
