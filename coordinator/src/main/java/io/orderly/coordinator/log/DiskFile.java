package io.orderly.coordinator.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file on a {@link Disk}. Closing it makes nothing durable. */
public interface DiskFile extends Closeable {

    /** The size in bytes. */
    long size() throws IOException;

    /**
     * Writes the remaining bytes of a buffer. Bytes between the end of the file and a position after it read as zero.
     *
     * @throws DiskFullException if there is no space for all of it; some of it may have been written
     * @throws IOException if not all of it could be written; some of it may have been
     */
    void write(long position, ByteBuffer source) throws IOException;

    /**
     * Reads until the buffer is full or the file ends.
     *
     * @return the number of bytes read, 0 at the end of the file and after it
     */
    int read(long position, ByteBuffer target) throws IOException;

    /** Truncates the file to this many bytes; a shorter file stays unchanged. */
    void truncate(long size) throws IOException;

    /**
     * Makes everything that was written to the file durable, and its size.
     *
     * @throws IOException if that has failed; it is then unknown what is durable, and a repeated call does not show it
     */
    void force() throws IOException;
}
