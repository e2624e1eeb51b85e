package io.orderly.coordinator.log;

/**
 * @param segmentBytes records in one segment; the next one is begun when they are full. Smaller ones are deleted sooner, and cost
 *     several forces each
 * @param segmentRecords the same limit as a count. Each takes {@value RecordHeader#BYTES} bytes of the index
 * @param fsync when a commit is forced
 */
public record LogSettings(long segmentBytes, int segmentRecords, FsyncPolicy fsync) {

    /** A larger one is written with the force of a batch, which waits for it. */
    private static final int MOST_ZEROED_BYTES = 256 << 10;

    public static final LogSettings DEFAULTS = new LogSettings(64 << 20, 1 << 16, FsyncPolicy.ALWAYS);

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public LogSettings {
        if (segmentBytes <= 0 || segmentRecords <= 0) {
            throw new IllegalArgumentException(
                    "segmentBytes %d or segmentRecords %d is not above 0".formatted(segmentBytes, segmentRecords));
        }
    }

    /** How much is written with zeros at a time, ahead of the records. */
    int zeroedBytes() {
        return (int) Math.min(segmentBytes / 4, MOST_ZEROED_BYTES);
    }
}
