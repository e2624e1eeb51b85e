package io.orderly.coordinator.log;

import static io.orderly.coordinator.log.LogFixture.IDENTITY;
import static io.orderly.coordinator.log.LogFixture.MEMBERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.DurableRecord;
import io.orderly.coordinator.consensus.DurableState;
import io.orderly.coordinator.consensus.Entry;
import io.orderly.coordinator.consensus.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Random sequences of appends, commits, crashes, bit flips and truncations, compared with a model of all appended records. After each
 * start, the log holds every acknowledged record, and possibly further ones in the order in which they were appended; or the start fails
 * with an error. Without corruption there is no error, and no record is reported as corrupt.
 */
class DurabilityPropertyTest {

    private static final LogSettings SETTINGS = new LogSettings(3 << 10, 12, FsyncPolicy.ALWAYS);

    @Property(tries = 400, shrinking = ShrinkingMode.BOUNDED)
    void nothingAcknowledgedIsLostInPowerFailures(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int lives)
            throws IOException {
        var run = new Run(seed);
        for (int life = 0; life < lives; life++) {
            run.live();
            run.die();
            run.restart(false);
        }
        Statistics.label("torn tails").collect(run.torn > 0);
        Statistics.label("segments").collect(run.folder.log().segments() > 1);
    }

    @Property(tries = 600, shrinking = ShrinkingMode.BOUNDED)
    void corruptionIsNeverSilent(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int lives) throws IOException {
        var run = new Run(seed);
        for (int life = 0; life < lives; life++) {
            run.live();
            run.die();
            run.spoil();
            if (!run.restart(true)) {
                Statistics.label("outcome").collect("refused");
                return;
            }
        }
        Statistics.label("outcome")
                .collect(run.corruptSlots > 0 ? "faulty slot" : run.recoveredFromIndex > 0 ? "healed" : "whole");
    }

    private static final class Run {

        private final SplittableRandom random;
        private final SimulatedDisk disk;
        private DataFolder folder;

        /** All records that may be on disk, in order, without promises. */
        private final List<DurableRecord> history = new ArrayList<>();

        private int acknowledged;
        private Ballot promised = Ballot.ZERO;
        private Ballot acknowledgedPromise = Ballot.ZERO;
        private boolean powerLost;
        private int torn;
        private int corruptSlots;
        private int recoveredFromIndex;

        Run(long seed) throws IOException {
            random = new SplittableRandom(seed);
            disk = new SimulatedDisk(random.split());
            DataFolder.create(disk, IDENTITY, 7, MEMBERS, SETTINGS);
            folder = DataFolder.open(disk, IDENTITY, SETTINGS);
        }

        /** Appends and commits a random number of records; the power may fail meanwhile. */
        void live() throws IOException {
            if (random.nextInt(3) > 0) {
                disk.losePowerAfter(random.nextInt(60));
            }
            try {
                for (int commits = random.nextInt(20); commits > 0; commits--) {
                    for (int records = random.nextInt(6); records > 0; records--) {
                        append();
                    }
                    folder.log().commit();
                    acknowledged = history.size();
                    acknowledgedPromise = promised;
                }
                for (int records = random.nextInt(4); records > 0; records--) {
                    append();
                }
                if (random.nextBoolean()) {
                    folder.log().flush();
                }
            } catch (SimulatedDisk.PowerLoss e) {
                powerLost = true;
            }
        }

        private void append() throws IOException {
            Model model = Model.of(history);
            if (promised.equals(Ballot.ZERO) || random.nextInt(8) == 0) {
                promised = new Ballot(promised.round() + 1, 1 + random.nextInt(3));
                folder.log().append(new DurableRecord.Promised(promised));
                return;
            }
            DurableRecord record = switch (random.nextInt(10)) {
                case 0 -> new DurableRecord.CommitMark(random.nextLong(model.last() + 1));
                case 1 -> new DurableRecord.TailCut(random.nextLong(model.commitMark(), model.last() + 1));
                case 2, 3 -> accepted(1 + random.nextLong(model.last() + 1));
                default -> accepted(model.last() + 1);
            };
            history.add(record);
            folder.log().append(record);
        }

        private DurableRecord accepted(long slot) {
            byte[] command = new byte[random.nextInt(random.nextBoolean() ? 40 : 2_500)];
            switch (random.nextInt(4)) {
                case 0 -> {}
                case 1 -> fillInPlaces(command);
                default -> random.nextBytes(command);
            }
            return new DurableRecord.Accepted(new Entry(
                    slot, promised, random.nextInt(10) == 0 ? new Payload.NoOp() : new Payload.Command(command)));
        }

        /** Fills parts of a command, with blocks of zeroes between, as in a disk image or a sparse table. */
        private void fillInPlaces(byte[] command) {
            for (int at = 0; at < command.length; at += random.nextInt(1, 1_500)) {
                byte[] block = new byte[Math.min(random.nextInt(1, 600), command.length - at)];
                random.nextBytes(block);
                System.arraycopy(block, 0, command, at, block.length);
            }
        }

        void die() throws IOException {
            if (!powerLost && random.nextInt(4) == 0) {
                close();
            } else if (!powerLost && random.nextInt(3) == 0) {
                disk.kill();
            } else {
                powerLost = true;
            }
            if (powerLost) {
                disk.crash();
            }
        }

        private void close() throws IOException {
            try {
                folder.close();
                acknowledged = history.size();
                acknowledgedPromise = promised;
                disk.kill();
            } catch (SimulatedDisk.PowerLoss e) {
                powerLost = true;
            }
        }

        /**
         * Flips a few bits, or truncates a file; but truncates none after a power failure, where the missing part may never have been
         * durable.
         */
        void spoil() {
            for (int flips = random.nextInt(3); flips > 0; flips--) {
                disk.flipSomewhere();
            }
            if (!powerLost && random.nextInt(4) == 0) {
                List<String> names = disk.names();
                String name = names.get(random.nextInt(names.size()));
                disk.shorten(name, random.nextInt(disk.sizeOf(name) + 1));
            }
        }

        boolean restart(boolean corrupt) throws IOException {
            powerLost = false;
            try {
                open();
            } catch (UnusableFolderException e) {
                assertThat(corrupt).as(e.getMessage()).isTrue();
                return false;
            }
            RecoveryReport recovery = folder.recovery();
            DurableState state = recovery.state();
            torn += recovery.tornBytes() > 0 ? 1 : 0;
            recoveredFromIndex += recovery.recordsRecoveredFromIndex();
            corruptSlots += state.corruptSlots().size();
            if (!corrupt) {
                assertThat(recovery.corruptRecords() + recovery.recordsRecoveredFromIndex())
                        .isZero();
            }
            assertThat(state.promised()).isBetween(acknowledgedPromise, promised);
            int kept = matchingPrefix(state);
            assertThat(kept)
                    .as("%s is the state after one of the records %d to %d", state, acknowledged, history.size())
                    .isNotNegative();
            history.subList(kept, history.size()).clear();
            acknowledged = kept;
            promised = state.promised();
            acknowledgedPromise = promised;
            return true;
        }

        /** The power may fail again, and again, while the node starts. */
        private void open() throws IOException {
            if (random.nextInt(3) == 0) {
                disk.losePowerAfter(random.nextInt(9));
            }
            try {
                folder = DataFolder.open(disk, IDENTITY, SETTINGS);
            } catch (SimulatedDisk.PowerLoss e) {
                disk.crash();
                open();
            }
            disk.losePowerAfter(Integer.MAX_VALUE);
        }

        private int matchingPrefix(DurableState state) {
            for (int kept = history.size(); kept >= acknowledged; kept--) {
                if (Model.of(history.subList(0, kept)).fits(state)) {
                    return kept;
                }
            }
            return -1;
        }
    }

    private record Model(TreeMap<Long, Entry> slots, long commitMark) {

        static Model of(List<DurableRecord> records) {
            var slots = new TreeMap<Long, Entry>();
            long commitMark = 0;
            for (DurableRecord record : records) {
                switch (record) {
                    case DurableRecord.Accepted(Entry entry) -> slots.put(entry.slot(), entry);
                    case DurableRecord.TailCut(long lastKept) ->
                        slots.tailMap(lastKept, false).clear();
                    case DurableRecord.CommitMark(long slot) -> commitMark = Math.max(commitMark, slot);
                    case DurableRecord.Promised promised -> {}
                    case DurableRecord.LowWaterMark mark -> {}
                }
            }
            return new Model(slots, commitMark);
        }

        long last() {
            return slots.isEmpty() ? 0 : slots.lastKey();
        }

        boolean fits(DurableState state) {
            Map<Long, @Nullable Entry> found = new TreeMap<>();
            state.entries().forEach(entry -> found.put(entry.slot(), entry));
            state.corruptSlots().forEach(slot -> found.put(slot, slots.get(slot)));
            return found.equals(slots) && state.commitMark() == commitMark;
        }
    }
}
