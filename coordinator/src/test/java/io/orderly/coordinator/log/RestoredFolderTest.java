package io.orderly.coordinator.log;

import static io.orderly.coordinator.log.LogFixture.IDENTITY;
import static io.orderly.coordinator.log.LogFixture.MEMBERS;
import static io.orderly.coordinator.log.LogFixture.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder of a node whose cluster begins with a state. */
class RestoredFolderTest {

    private static final Ballot PROMISED = new Ballot(9, 2);
    private static final byte[] STATE = "the state".repeat(100).getBytes();

    private static void create(Disk disk) throws IOException {
        DataFolder.create(disk, IDENTITY, 7, MEMBERS, PROMISED, List.of(STATE).iterator(), SETTINGS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itsCreationCanBeRepeatedAfterAnInterruptionAtEachOperation(boolean powerFails) throws IOException {
        int interruptions = 0;
        while (isInterrupted(interruptions, powerFails)) {
            interruptions++;
        }
        assertThat(interruptions).isGreaterThan(8);
    }

    /** @return false if the creation has fewer operations */
    private static boolean isInterrupted(int after, boolean powerFails) throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(after));
        disk.losePowerAfter(after);
        boolean isInterrupted = false;
        try {
            create(disk);
        } catch (SimulatedDisk.PowerLoss e) {
            isInterrupted = true;
        }
        if (powerFails) {
            disk.crash();
        } else {
            disk.kill();
        }
        if (!DataFolder.exists(disk)) {
            create(disk);
        }
        try (DataFolder folder = DataFolder.open(disk, IDENTITY, SETTINGS)) {
            assertThat(folder.recovery().state().promised()).isEqualTo(PROMISED);
            Snapshot newest = folder.snapshots().newest().orElseThrow();
            assertThat(newest.slot()).isEqualTo(1);
            try (InputStream content = folder.snapshots().open(newest)) {
                assertThat(content.readAllBytes()).isEqualTo(STATE);
            }
        }
        return isInterrupted;
    }

    @Test
    void aSnapshotIsNotLeftOverOfACreationWithoutAState() throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        disk.create(SnapshotFile.name(1)).close();
        assertThatThrownBy(() -> DataFolder.create(disk, IDENTITY, 7, MEMBERS, SETTINGS))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("is not empty");
        assertThat(disk.names()).containsExactly(SnapshotFile.name(1));
    }
}
