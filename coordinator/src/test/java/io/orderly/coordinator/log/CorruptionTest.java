package io.orderly.coordinator.log;

import static io.orderly.coordinator.log.LogFixture.accepted;
import static io.orderly.coordinator.log.LogFixture.acceptedOf;
import static io.orderly.coordinator.log.LogFixture.ballot;
import static io.orderly.coordinator.log.LogFixture.entry;
import static io.orderly.coordinator.log.LogFixture.entryOf;
import static io.orderly.coordinator.log.LogFixture.promised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.consensus.DurableRecord.CommitMark;
import io.orderly.coordinator.consensus.DurableRecord.TailCut;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.Entry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Flips bits and truncates files at every position: recovery never returns a wrong entry, and never loses one silently. */
class CorruptionTest {

    private static final String FIRST = "segment-0000000000000000001";
    private static final String SECOND = "segment-0000000000000000002";
    private static final List<Entry> ENTRIES =
            List.of(entryOf(1, 1, 750), entryOf(2, 1, 750), entry(3, 2, 33), entryOf(4, 2, 900), entryOf(5, 2, 900));

    /** How the process ended after its last commit. */
    private enum End {
        CLOSED,
        KILLED,
        POWER_LOST
    }

    private static LogFixture write(End end) throws IOException {
        var fixture = new LogFixture(5);
        fixture.commit(promised(1), acceptedOf(1, 1, 750), acceptedOf(2, 1, 750), accepted(3, 1, 3), accepted(4, 1, 4));
        fixture.commit(promised(2), accepted(3, 2, 33), new TailCut(3), acceptedOf(4, 2, 900), new CommitMark(4));
        fixture.commit(acceptedOf(5, 2, 900));
        switch (end) {
            case CLOSED -> fixture.folder.close();
            case KILLED -> fixture.disk.kill();
            case POWER_LOST -> {
                fixture.disk.crash();
                // the worst case: the second witness was not forced, and is lost
                fixture.disk.overwrite(SECOND, SegmentHeader.BYTES, new byte[17 * RecordHeader.BYTES]);
            }
        }
        assertThat(fixture.disk.names()).contains(SECOND);
        return fixture;
    }

    private static void assertComplete(DurableState state) {
        assertThat(state.promised()).isEqualTo(ballot(2));
        assertThat(state.entries()).isEqualTo(ENTRIES);
        assertThat(state.corruptSlots()).isEmpty();
    }

    @Test
    void readsAllOfItIfNothingIsCorrupt() throws IOException {
        for (End end : End.values()) {
            assertComplete(write(end).open().recovery().state());
        }
    }

    @Test
    void repairsOneOfTheTwoCopiesOfAPromise() throws IOException {
        for (String copy : NodeFile.COPIES) {
            for (int at = 0; at < NodeFile.BYTES; at += 5) {
                LogFixture fixture = write(End.POWER_LOST);
                byte[] before = fixture.disk.bytesOf(copy);
                fixture.disk.flip(copy, at * 8L + at % 8);
                assertComplete(fixture.open().recovery().state());
                assertThat(fixture.disk.bytesOf(copy)).isEqualTo(before);
            }
        }
    }

    @Test
    void refusesToStartWithoutAReadablePromise() throws IOException {
        LogFixture fixture = write(End.CLOSED);
        fixture.disk.flip("node-a", 99);
        fixture.disk.shorten("node-b", 100);
        assertThatThrownBy(fixture::open)
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("node-a and node-b of simulated disk are both corrupt")
                .hasMessageContaining("does not know what it has promised")
                .hasMessageContaining("under a new id");
    }

    /** Everything except the payloads is on disk twice. */
    @Test
    void aFlippedBitLosesAtMostOnePayload() throws IOException {
        for (String segment : List.of(FIRST, SECOND)) {
            for (End end : List.of(End.CLOSED, End.KILLED)) {
                int size = write(end).disk.sizeOf(segment);
                int corruptSlots = 0;
                for (int at = SegmentHeader.BYTES; at < size; at += 5) {
                    LogFixture fixture = write(end);
                    fixture.disk.flip(segment, at * 8L + at % 8);
                    DurableState state = fixture.open().recovery().state();
                    assertThat(state.promised()).isEqualTo(ballot(2));
                    assertThat(state.commitMark()).isEqualTo(4);
                    assertThat(state.corruptSlots()).hasSizeLessThanOrEqualTo(1);
                    assertThat(state.entries())
                            .as("byte %d of %s", at, segment)
                            .isEqualTo(ENTRIES.stream()
                                    .filter(entry -> !state.corruptSlots().contains(entry.slot()))
                                    .toList());
                    corruptSlots += state.corruptSlots().size();
                }
                assertThat(corruptSlots).isGreaterThan(800 / 5);
            }
        }
    }

    /** The last batch has no second witness yet: a corrupt header is detected, but cannot be repaired. */
    @Test
    void losesNothingSilentlyAfterAPowerFailure() throws IOException {
        int size = write(End.POWER_LOST).disk.sizeOf(SECOND);
        int refused = 0;
        int corruptSlots = 0;
        for (int bit = SegmentHeader.BYTES * 8; bit < size * 8; bit += 19) {
            LogFixture fixture = write(End.POWER_LOST);
            fixture.disk.flip(SECOND, bit);
            try {
                DurableState state = fixture.open().recovery().state();
                corruptSlots += state.corruptSlots().size();
                assertThat(state.corruptSlots()).hasSizeLessThanOrEqualTo(1);
                assertThat(state.entries())
                        .as("bit %d", bit)
                        .isEqualTo(ENTRIES.stream()
                                .filter(entry -> !state.corruptSlots().contains(entry.slot()))
                                .toList());
            } catch (UnusableFolderException e) {
                refused++;
                assertThat(e)
                        .hasMessageContaining(SECOND + " is corrupt at byte ")
                        .hasMessageContaining("nor its slot can be read")
                        .hasMessageContaining("under a new id");
            }
        }
        assertThat(corruptSlots).isGreaterThan(800 * 8 / 19);
        assertThat(refused).isBetween(1, 1 + 64 * 8 / 19);
    }

    @Test
    void refusesASegmentWhoseHeaderIsCorrupt() throws IOException {
        for (String segment : List.of(FIRST, SECOND)) {
            for (int at = 0; at < 80; at += 3) {
                LogFixture fixture = write(End.CLOSED);
                fixture.disk.flip(segment, at * 8L);
                assertThatThrownBy(fixture::open)
                        .as("byte %d", at)
                        .isInstanceOf(UnusableFolderException.class)
                        .hasMessageContaining(segment);
            }
        }
    }

    @Test
    void detectsATruncatedFile() throws IOException {
        for (String segment : List.of(FIRST, SECOND)) {
            for (End end : List.of(End.CLOSED, End.KILLED)) {
                int size = write(end).disk.sizeOf(segment);
                for (int kept = 0; kept < size; kept += 61) {
                    LogFixture fixture = write(end);
                    fixture.disk.shorten(segment, kept);
                    try {
                        DurableState state = fixture.open().recovery().state();
                        assertThat(state.corruptSlots().size() + state.entries().size())
                                .as("%d bytes of %s", kept, segment)
                                .isEqualTo(ENTRIES.size());
                        assertThat(ENTRIES).containsAll(state.entries());
                    } catch (UnusableFolderException e) {
                        assertThat(e).hasMessageContaining(segment);
                    }
                }
            }
        }
    }

    /** A record that fills whole sectors with zeroes, and is corrupt elsewhere, is not treated as never written. */
    @Test
    void doesNotMistakeZeroesInAPayloadForATornWrite() throws IOException {
        for (int bit = 0; bit < 3_000 * 8; bit += 997) {
            var fixture = new LogFixture(1);
            byte[] zeroes = new byte[3_000];
            zeroes[1_000] = 1;
            zeroes[2_999] = 1;
            int[] values = new int[3_000];
            for (int i = 0; i < values.length; i++) {
                values[i] = zeroes[i];
            }
            fixture.commit(promised(1), accepted(1, 1, values));
            fixture.disk.crash();
            fixture.disk.flip(FIRST, (SegmentHeader.BYTES + 17 * 64 + 64) * 8L + bit);
            fixture.open();
            assertThat(fixture.recovery().state().corruptSlots()).containsExactly(1L);
        }
    }

    @Test
    void treatsARepairedSlotAsIntact() throws IOException {
        LogFixture fixture = write(End.CLOSED);
        fixture.disk.overwrite(FIRST, SegmentHeader.BYTES + 17 * 64 + 64 + 100, new byte[] {9});
        fixture.open();
        assertThat(fixture.recovery().state().corruptSlots()).isEqualTo(Set.of(1L));
        assertThat(fixture.recovery().corruptRecords()).isEqualTo(1);
        fixture.commit(promised(3), acceptedOf(1, 3, 750));
        fixture.disk.crash();
        fixture.open();
        assertThat(fixture.recovery().state().corruptSlots()).isEmpty();
        assertThat(fixture.entries().getFirst()).isEqualTo(entryOf(1, 3, 750));
    }

    @Test
    void treatsASlotAsCorruptIfItsNewestRecordIs() throws IOException {
        var fixture = new LogFixture(1);
        fixture.commit(promised(1), acceptedOf(1, 1, 64));
        fixture.commit(promised(2), acceptedOf(1, 2, 64));
        fixture.folder.close();
        fixture.disk.flip(FIRST, (SegmentHeader.BYTES + 17 * 64 + 128 + 64) * 8L);
        assertThat(fixture.open().recovery().state().corruptSlots()).containsExactly(1L);
        assertThat(fixture.entries()).isEmpty();
    }

    /** The sectors of a torn batch may be written in any order. Records before the torn one in the same batch are not corrupt. */
    @Test
    void cutsOffABatchOfWhichOnlyTheEndIsOnDisk() throws IOException {
        var fixture = new LogFixture(1);
        fixture.commit(promised(1), accepted(1, 1, 1));
        fixture.append(acceptedOf(2, 1, 700), acceptedOf(3, 1, 700));
        fixture.log().flush();
        byte[] landed = fixture.disk.bytesOf(FIRST);
        int begin = SegmentHeader.BYTES + 17 * 64 + 128;
        Arrays.fill(landed, begin, begin + 600, (byte) 0);
        fixture.disk.kill();
        fixture.disk.overwrite(FIRST, 0, landed);
        fixture.open();
        assertThat(fixture.entries()).containsExactly(entry(1, 1, 1));
        assertThat(fixture.recovery().tornBytes()).isEqualTo(2 * (64 + 704));
        fixture.commit(accepted(2, 1, 22));
        fixture.disk.crash();
        fixture.open();
        assertThat(fixture.entries()).containsExactly(entry(1, 1, 1), entry(2, 1, 22));
    }

    /** The same gap, but a later record proves that everything before it had been forced. */
    @Test
    void treatsAGapAsCorruptIfALaterRecordProvesThatItWasDurable() throws IOException {
        var fixture = new LogFixture(1);
        fixture.commit(promised(1), acceptedOf(1, 1, 1_400));
        fixture.append(acceptedOf(2, 1, 700));
        fixture.log().flush();
        byte[] landed = fixture.disk.bytesOf(FIRST);
        // the power failed, and the index did not get the witness of the first
        Arrays.fill(landed, SegmentHeader.BYTES, SegmentHeader.BYTES + 17 * 64, (byte) 0);
        int begin = SegmentHeader.BYTES + 17 * 64;
        // and a whole sector of its payload reads as never written
        int sector = (begin / Segment.SECTOR_BYTES + 1) * Segment.SECTOR_BYTES;
        Arrays.fill(landed, sector, sector + Segment.SECTOR_BYTES, (byte) 0);
        fixture.disk.kill();
        fixture.disk.overwrite(FIRST, 0, landed);
        fixture.open();
        assertThat(fixture.recovery().state().corruptSlots()).containsExactly(1L);
        assertThat(fixture.entries()).containsExactly(entryOf(2, 1, 700));
    }
}
