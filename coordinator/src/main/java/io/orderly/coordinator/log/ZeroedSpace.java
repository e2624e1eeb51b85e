package io.orderly.coordinator.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The part of a file behind what was written, filled with zeros in advance. A write into it changes neither the size of the file nor where
 * its blocks are, so a force needs no transaction of the file system, which all files of a disk would share.
 */
final class ZeroedSpace {

    private final DiskFile file;
    private final long limit;
    private final int step;
    private long end;

    /**
     * @param end where it begins; there is none yet
     * @param limit it never reaches further
     * @param step by how many bytes it is extended
     */
    ZeroedSpace(DiskFile file, long end, long limit, int step) {
        this.file = file;
        this.end = end;
        this.limit = limit;
        this.step = step;
    }

    /**
     * Extends it if it is used up. Durable with the next force.
     *
     * @param written the file was never written behind this position, but with zeros
     */
    void usedUpTo(long written) throws IOException {
        if (written > end) {
            long next = Math.min(written + step, limit);
            try {
                file.write(written, ByteBuffer.allocate((int) Math.max(0, next - written)));
                end = next;
            } catch (DiskFullException _) {
                // what was written needs no zeros after it
            }
        }
    }
}
