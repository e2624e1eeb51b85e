package io.orderly.coordinator.node;

/**
 * Whether the disk of a node has space for more data. Measured by the thread that owns the disk, and read by any.
 *
 * <p>Below its reserve nothing is accepted any more that adds data, so that what frees space can still be written. It ends when a
 * quarter more than the reserve is free, so that it does not change with each write.
 */
public final class DiskSpace {

    private final long reserveBytes;
    private volatile long freeBytes = Long.MAX_VALUE;
    private volatile boolean isBelowReserve;
    private volatile boolean isExhausted;

    /** @param reserveBytes with less the disk is low; 0 if it is low only while a write finds no space */
    public DiskSpace(long reserveBytes) {
        this.reserveBytes = reserveBytes;
    }

    void measured(long free) {
        freeBytes = free;
        isBelowReserve = free < (isBelowReserve ? reserveBytes + reserveBytes / 4 : reserveBytes);
    }

    /** A write found no space, or found some again. */
    void exhausted(boolean isSo) {
        isExhausted = isSo;
    }

    /** Whether nothing is to be accepted that adds data. */
    public boolean isLow() {
        return isBelowReserve || isExhausted;
    }

    /** Whether the log waits for space. */
    public boolean isExhausted() {
        return isExhausted;
    }

    /** As measured last; {@link Long#MAX_VALUE} before that. */
    public long freeBytes() {
        return freeBytes;
    }
}
