package io.orderly.partitions;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One of the {@value #COUNT} partitions.
 *
 * <p><b>The hash can never change</b>, nor can the number of partitions: rows that were stored with the number of their partition would not be
 * found by its owner. The hash of a key is FNV-1a (64 bits) of its UTF-8 bytes, mixed by the finalizer of MurmurHash3 (fmix64), because
 * the high bits of FNV-1a depend little on the last bytes of a short key. The partition is the highest six bits. A UUID is hashed as its
 * lower-case text, so a key has the same partition in both forms. The hash is not for keys that an attacker chooses: an attacker can find keys
 * that all are in one partition.
 *
 * @param value from 0 to {@value #COUNT} - 1
 */
public record PartitionId(int value) implements Comparable<PartitionId> {

    /** The number of partitions. */
    public static final int COUNT = 64;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(COUNT);

    private static final List<PartitionId> ALL =
            IntStream.range(0, COUNT).mapToObj(PartitionId::new).toList();

    /** @throws IllegalArgumentException if the value is out of its range */
    public PartitionId {
        if (value < 0 || value >= COUNT) {
            throw new IllegalArgumentException("a partition is from 0 to %d, not %d".formatted(COUNT - 1, value));
        }
    }

    /** All partitions, in ascending order. */
    public static List<PartitionId> all() {
        return ALL;
    }

    /** The partition of a key. */
    public static PartitionId of(UUID key) {
        return of(key.toString());
    }

    /** The partition of a key. Unpaired surrogates are hashed as a question mark. */
    public static PartitionId of(String key) {
        long hash = FNV_OFFSET;
        for (byte next : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (next & 0xff)) * FNV_PRIME;
        }
        return ALL.get((int) (mix(hash) >>> SHIFT));
    }

    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    @Override
    public int compareTo(PartitionId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
