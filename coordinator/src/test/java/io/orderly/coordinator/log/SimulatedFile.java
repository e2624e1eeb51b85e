package io.orderly.coordinator.log;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/** The bytes of a file on a {@link SimulatedDisk}: as the process sees them, and as they are durable. All bytes after its end are zero. */
final class SimulatedFile {

    private byte[] current = new byte[0];
    private byte[] durable = new byte[0];
    private int size;
    private int durableSize;
    private boolean flipped;
    /** The sectors whose current content is not known to be durable. */
    private final BitSet dirty = new BitSet();

    int size() {
        return size;
    }

    /** Sectors whose content is not known to be durable. */
    int unforcedSectors() {
        return dirty.cardinality();
    }

    /** @return a copy of the bytes from a position on, as a process sees them */
    byte[] read(int position, int length) {
        return Arrays.copyOfRange(current, position, position + length);
    }

    void write(int position, byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        reserve(position + length);
        System.arraycopy(bytes, offset, current, position, length);
        // a gap between the old end and the position of a write has never been written, and stays so
        markDirty(position, position + length);
        size = Math.max(size, position + length);
    }

    void truncate(int newSize) {
        Arrays.fill(current, newSize, size, (byte) 0);
        markDirty(newSize, size);
        size = newSize;
    }

    /** Whether a bit of the file was flipped. */
    boolean isFlipped() {
        return flipped;
    }

    void flip(int at, int mask) {
        flipped = true;
        current[at] ^= (byte) mask;
        if (at < durable.length) {
            durable[at] ^= (byte) mask;
        }
    }

    void force() {
        fit();
        for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
            land(sector);
        }
        durableSize = size;
        dirty.clear();
    }

    /** A failed force: the system marks the pages as clean, but they were not written to the disk. */
    void forget() {
        dirty.clear();
    }

    /** @return how many sectors were kept */
    int loseUnforced(RandomGenerator random) {
        fit();
        int landed = 0;
        // none, all, the first few, or any
        int manner = random.nextInt(4);
        int most = random.nextInt(dirty.cardinality() + 1);
        for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
            boolean lands = switch (manner) {
                case 0 -> false;
                case 1 -> true;
                case 2 -> landed < most;
                default -> random.nextBoolean();
            };
            if (lands) {
                land(sector);
                landed++;
            }
        }
        durableSize = switch (manner) {
            case 0 -> durableSize;
            case 1 -> size;
            default -> Math.min(size, durableSize) + random.nextInt(Math.abs(size - durableSize) + 1);
        };
        Arrays.fill(durable, durableSize, durable.length, (byte) 0);
        dirty.clear();
        current = durable.clone();
        size = durableSize;
        return landed;
    }

    private void land(int sector) {
        int from = sector * SimulatedDisk.SECTOR_BYTES;
        System.arraycopy(current, from, durable, from, SimulatedDisk.SECTOR_BYTES);
    }

    private void markDirty(int from, int to) {
        if (to > from) {
            dirty.set(from / SimulatedDisk.SECTOR_BYTES, (to - 1) / SimulatedDisk.SECTOR_BYTES + 1);
        }
    }

    private void reserve(int length) {
        if (length > current.length) {
            int doubled = Math.max(length, 2 * current.length);
            current = Arrays.copyOf(current, (doubled / SimulatedDisk.SECTOR_BYTES + 1) * SimulatedDisk.SECTOR_BYTES);
        }
    }

    private void fit() {
        if (durable.length < current.length) {
            durable = Arrays.copyOf(durable, current.length);
        }
    }
}
