package io.orderly.coordinator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {

    @Test
    void keepsWhatWasForced() throws IOException {
        for (int seed = 0; seed < 100; seed++) {
            var disk = new SimulatedDisk(new SplittableRandom(seed));
            DiskFile file = disk.create("f");
            file.write(0, filled(2_000, 1));
            file.force();
            disk.force();
            file.write(2_000, filled(2_000, 2));
            disk.crash();
            assertThat(Arrays.copyOf(disk.bytesOf("f"), 2_000)).containsOnly(1);
        }
    }

    @Test
    void losesAnySelectionOfUnforcedSectors() throws IOException {
        Set<String> outcomes = new HashSet<>();
        for (int seed = 0; seed < 300; seed++) {
            var disk = new SimulatedDisk(new SplittableRandom(seed));
            DiskFile file = disk.create("f");
            file.write(0, filled(4 * SimulatedDisk.SECTOR_BYTES, 1));
            file.force();
            disk.force();
            file.write(0, filled(4 * SimulatedDisk.SECTOR_BYTES, 2));
            disk.crash();
            byte[] bytes = disk.bytesOf("f");
            var outcome = new StringBuilder();
            for (int sector = 0; sector < 4; sector++) {
                byte[] content = Arrays.copyOfRange(
                        bytes, sector * SimulatedDisk.SECTOR_BYTES, (sector + 1) * SimulatedDisk.SECTOR_BYTES);
                assertThat(content).containsOnly(content[0]);
                outcome.append(content[0]);
            }
            outcomes.add(outcome.toString());
        }
        assertThat(outcomes).contains("1111", "2222", "2111", "1212", "1112").hasSize(16);
    }

    @Test
    void losesNamesThatWereNotForcedInOrder() throws IOException {
        Set<String> outcomes = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            var disk = new SimulatedDisk(new SplittableRandom(seed));
            disk.create("a").close();
            disk.create("b").close();
            disk.rename("a", "c");
            disk.crash();
            outcomes.add(disk.names().toString());
        }
        assertThat(outcomes).containsExactlyInAnyOrder("[]", "[a]", "[a, b]", "[b, c]");
    }

    @Test
    void keepsNamesThatWereForced() throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        disk.create("a").close();
        disk.force();
        disk.crash();
        assertThat(disk.names()).containsExactly("a");
    }

    @Test
    void killsAProcessWithoutLosingWhatItWrote() throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        DiskFile file = disk.create("f");
        file.write(0, filled(700, 3));
        disk.kill();
        assertThat(disk.bytesOf("f")).hasSize(700).containsOnly(3);
        assertThatThrownBy(file::force).isInstanceOf(IOException.class).hasMessageContaining("has ended");
    }

    @Test
    void losesWhatAFailedForceShouldHaveMadeDurable() throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        DiskFile file = disk.create("f");
        disk.force();
        file.write(0, filled(700, 3));
        disk.failNextForce();
        assertThatThrownBy(file::force).isInstanceOf(IOException.class);
        file.force();
        assertThat(disk.bytesOf("f")).containsOnly(3);
        disk.crash();
        assertThat(disk.bytesOf("f")).doesNotContain(3);
    }

    @Test
    void losesThePowerInTheMiddleOfAWrite() throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        DiskFile file = disk.create("f");
        disk.force();
        disk.losePowerAfter(1);
        file.write(0, filled(700, 3));
        assertThatThrownBy(() -> file.write(700, filled(7_000, 4))).isInstanceOf(SimulatedDisk.PowerLoss.class);
        assertThatThrownBy(file::force).isInstanceOf(SimulatedDisk.PowerLoss.class);
        disk.crash();
        assertThat(disk.sizeOf("f")).isLessThan(7_700);
        disk.open("f").force();
    }

    @Test
    void isFull() throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        disk.limit(1_000);
        DiskFile file = disk.create("f");
        file.write(0, filled(900, 1));
        assertThatThrownBy(() -> file.write(900, filled(200, 1)))
                .isInstanceOf(DiskFullException.class)
                .hasMessageContaining("No space");
        assertThat(disk.freeBytes()).isZero();
        file.write(0, filled(900, 2));
    }

    @Test
    void hangsAndIsSlow() {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        disk.hang();
        assertThat(disk.forceNanos()).isEmpty();
        disk.release();
        assertThat(disk.forceNanos().orElseThrow()).isBetween(100_000L, 300_000L);
        disk.slow(100);
        assertThat(disk.forceNanos().orElseThrow()).isBetween(10_000_000L, 30_000_000L);
    }

    @Test
    void flipsBitsDurably() throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        assertThat(disk.flipSomewhere()).isNull();
        DiskFile file = disk.create("f");
        file.write(0, filled(10, 0));
        file.force();
        disk.force();
        disk.flip("f", 9);
        assertThat(disk.flipSomewhere()).startsWith("f at byte ");
        disk.crash();
        assertThat(disk.bytesOf("f")[1]).isNotZero();
        disk.lose();
        assertThat(disk.names()).isEmpty();
    }

    private static ByteBuffer filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }
}
