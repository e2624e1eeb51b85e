package io.orderly.coordinator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory with the failures of real disks, deterministic for a given generator.
 *
 * <p>Every file has two states: the one that the process sees, and the durable one; so has the folder itself. A power failure keeps the
 * durable state, and any selection of the sectors that were not forced: sectors are written in any order, and the new size of a file and
 * the new names in the folder may or may not be kept. A sector is written completely or not at all. Names are kept in the order in which
 * they were changed, as in a file system with a journal.
 *
 * <p>Files returned by {@link #open} and {@link #create} are closed by a {@link #crash} or {@link #kill}; the disk itself stays usable, for
 * the next process.
 */
public final class SimulatedDisk implements Disk {

    /** The size in bytes of the unit that is written completely or not at all. */
    public static final int SECTOR_BYTES = 512;

    /** The power fails in the middle of an operation. Not an {@link IOException}, because the process that could handle it is gone. */
    public static final class PowerLoss extends RuntimeException {

        private PowerLoss() {
            super("the power has failed");
        }
    }

    /**
     * The effects of a power failure.
     *
     * @param keptSectors sectors that were written, not forced, and kept
     * @param lostSectors sectors that were written, not forced, and lost
     * @param lostNames creations, renames and deletions undone
     */
    public record PowerFailure(int keptSectors, int lostSectors, int lostNames) {

        /** Whether some of the unforced sectors were kept and others lost. */
        public boolean torn() {
            return keptSectors > 0 && lostSectors > 0;
        }
    }

    private static final int NEVER = -1;
    private static final long FORCE_NANOS = 200_000;

    private final RandomGenerator random;
    private TreeMap<String, SimulatedFile> durableNames = new TreeMap<>();
    private TreeMap<String, SimulatedFile> names = new TreeMap<>();
    /** The folder after each change that was not forced. */
    private final List<TreeMap<String, SimulatedFile>> unforcedNames = new ArrayList<>();

    private int process;
    private int operationsUntilPowerLoss = NEVER;
    private boolean powerLost;
    private boolean forceFails;
    private boolean hung;
    private long slownessFactor = 1;
    private long capacityBytes = Long.MAX_VALUE;
    private long forces;

    /** @param random decides what a power failure keeps, where a flip hits and how long a force takes */
    public SimulatedDisk(RandomGenerator random) {
        this.random = random;
    }

    // failures

    /** The power fails: everything that is not durable is lost or torn. Open files are closed. */
    public PowerFailure crash() {
        int lostNames = 0;
        if (!unforcedNames.isEmpty()) {
            int kept = random.nextInt(unforcedNames.size() + 1);
            lostNames = unforcedNames.size() - kept;
            if (kept > 0) {
                durableNames = unforcedNames.get(kept - 1);
            }
            unforcedNames.clear();
        }
        names = new TreeMap<>(durableNames);
        int keptSectors = 0;
        int lostSectors = 0;
        for (SimulatedFile content : names.values()) {
            int unforced = content.unforcedSectors();
            int kept = content.loseUnforced(random);
            keptSectors += kept;
            lostSectors += unforced - kept;
        }
        kill();
        return new PowerFailure(keptSectors, lostSectors, lostNames);
    }

    /** The process is killed, the machine continues: nothing written is lost. Open files are closed. */
    public void kill() {
        process++;
        operationsUntilPowerLoss = NEVER;
        powerLost = false;
        forceFails = false;
    }

    /**
     * The power fails during a later operation that changes something; a write is then torn. The test that catches the {@link PowerLoss}
     * calls {@link #crash}.
     *
     * @param operations how many of them succeed before the failure
     */
    public void losePowerAfter(int operations) {
        operationsUntilPowerLoss = operations;
    }

    /** The next force fails. The data it should have made durable never reaches the disk, though it can still be read. */
    public void failNextForce() {
        forceFails = true;
    }

    /** All files are gone: the disk was replaced by an empty one. */
    public void lose() {
        names.clear();
        durableNames.clear();
        unforcedNames.clear();
        kill();
    }

    /** Flips one bit, durably. */
    public void flip(String name, long bit) {
        SimulatedFile content = content(name);
        content.flip(Math.toIntExact(bit / 8), 1 << (bit % 8));
    }

    /**
     * Flips one bit at a random position, durably.
     *
     * @return the file and the byte, or null if the disk holds no byte
     */
    public @Nullable String flipSomewhere() {
        List<String> candidates =
                names.keySet().stream().filter(name -> sizeOf(name) > 0).toList();
        if (candidates.isEmpty()) {
            return null;
        }
        String name = candidates.get(random.nextInt(candidates.size()));
        long bit = random.nextLong(sizeOf(name) * 8L);
        flip(name, bit);
        return name + " at byte " + bit / 8;
    }

    /** Truncates a file at rest, durably. */
    public void shorten(String name, long size) {
        SimulatedFile content = content(name);
        content.truncate((int) Math.min(content.size(), size));
        content.force();
    }

    /** Overwrites bytes of a file at rest, durably. */
    public void overwrite(String name, long position, byte[] bytes) {
        SimulatedFile content = content(name);
        content.write(Math.toIntExact(position), bytes, 0, bytes.length);
        content.force();
    }

    /** Limits the total size of all files from now on. */
    public void limit(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    /** Multiplies the duration of a force by this factor. */
    public void slow(long factor) {
        slownessFactor = factor;
    }

    /** A force does not return until {@link #release}. */
    public void hang() {
        hung = true;
    }

    public void release() {
        hung = false;
    }

    // observations

    /** Whether the disk neither hangs, nor is slow, nor has a limited capacity. */
    public boolean isWell() {
        return !hung && slownessFactor == 1 && capacityBytes == Long.MAX_VALUE;
    }

    /** Whether a bit of an existing file was flipped. */
    public boolean isFlipped() {
        return names.values().stream().anyMatch(SimulatedFile::isFlipped);
    }

    /**
     * How long the next force takes. The disk itself does not wait: the driver of the virtual time starts a force, and completes it this
     * much later.
     *
     * @return empty while the disk hangs
     */
    public OptionalLong forceNanos() {
        return hung
                ? OptionalLong.empty()
                : OptionalLong.of(slownessFactor * (FORCE_NANOS / 2 + random.nextLong(FORCE_NANOS)));
    }

    /** How often a file or the folder was forced. */
    public long forces() {
        return forces;
    }

    /** The size of a file in bytes. */
    public int sizeOf(String name) {
        return content(name).size();
    }

    /** The bytes that a process would read from a file. */
    public byte[] bytesOf(String name) {
        SimulatedFile content = content(name);
        return content.read(0, content.size());
    }

    private SimulatedFile content(String name) {
        SimulatedFile content = names.get(name);
        if (content == null) {
            throw new IllegalArgumentException("no file " + name + " among " + names.keySet());
        }
        return content;
    }

    // the interface of the process

    @Override
    public List<String> names() {
        return List.copyOf(names.keySet());
    }

    @Override
    public DiskFile open(String name) throws IOException {
        SimulatedFile content = names.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return new Handle(content, process);
    }

    @Override
    public DiskFile create(String name) throws IOException {
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        beginOperation();
        SimulatedFile content = new SimulatedFile();
        names.put(name, content);
        nameChanged();
        return new Handle(content, process);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        if (!names.containsKey(from)) {
            throw new NoSuchFileException(from);
        }
        beginOperation();
        names.put(to, names.remove(from));
        nameChanged();
    }

    @Override
    public void delete(String name) {
        beginOperation();
        if (names.remove(name) != null) {
            nameChanged();
        }
    }

    @Override
    public void force() throws IOException {
        beginOperation();
        forces++;
        if (forceFails) {
            forceFails = false;
            throw new IOException("Input/output error");
        }
        durableNames = new TreeMap<>(names);
        unforcedNames.clear();
    }

    @Override
    public long freeBytes() {
        long used = names.values().stream().mapToLong(content -> content.size()).sum();
        return Math.max(0, capacityBytes - used);
    }

    @Override
    public String toString() {
        return "simulated disk";
    }

    private void nameChanged() {
        unforcedNames.add(new TreeMap<>(names));
    }

    /** @return whether the power fails in the middle of this operation; only a write can be interrupted */
    private boolean failsWithin(boolean divisible) {
        if (powerLost) {
            throw new PowerLoss();
        }
        if (operationsUntilPowerLoss == NEVER || operationsUntilPowerLoss-- > 0) {
            return false;
        }
        powerLost = true;
        if (!divisible) {
            throw new PowerLoss();
        }
        return true;
    }

    private void beginOperation() {
        failsWithin(false);
    }

    private final class Handle implements DiskFile {

        private final SimulatedFile content;
        private final int owner;
        private boolean open = true;

        Handle(SimulatedFile content, int owner) {
            this.content = content;
            this.owner = owner;
        }

        @Override
        public long size() throws IOException {
            check();
            return content.size();
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            check();
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            int at = Math.toIntExact(position);
            if (failsWithin(true)) {
                content.write(at, bytes, 0, begun(at, random.nextInt(bytes.length + 1)));
                throw new PowerLoss();
            }
            long growth = Math.max(0, at + bytes.length - content.size());
            if (growth > freeBytes()) {
                int fitting = (int) Math.max(0, bytes.length - (growth - freeBytes()));
                content.write(at, bytes, 0, fitting);
                // as a channel does: only what was written is taken from the buffer
                source.position(source.limit() - bytes.length + fitting);
                throw new DiskFullException("No space left on device");
            }
            content.write(at, bytes, 0, bytes.length);
        }

        /** How much of a write is done by half: within the file whole sectors, at its end any bytes. */
        private int begun(int at, int length) {
            int end = at + length;
            return end >= content.size() ? length : Math.max(0, end / SECTOR_BYTES * SECTOR_BYTES - at);
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            check();
            int at = (int) Math.min(position, content.size());
            int count = Math.min(target.remaining(), content.size() - at);
            target.put(content.read(at, count));
            return count;
        }

        @Override
        public void truncate(long size) throws IOException {
            check();
            beginOperation();
            if (size < content.size()) {
                content.truncate(Math.toIntExact(size));
            }
        }

        @Override
        public void force() throws IOException {
            check();
            beginOperation();
            forces++;
            if (forceFails) {
                forceFails = false;
                content.forget();
                throw new IOException("Input/output error");
            }
            content.force();
        }

        @Override
        public void close() {
            open = false;
        }

        private void check() throws IOException {
            if (!open) {
                throw new IOException("the file is closed");
            }
            if (owner != process) {
                throw new IOException("the process that opened this file has ended");
            }
        }
    }
}
