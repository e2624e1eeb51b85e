package io.orderly.coordinator.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file on a {@link Disk}. Closing it makes nothing durable. */
public interface DiskFile extends Closeable {

    /** In bytes. */
    long size() throws IOException;

    /**
     * Writes all that remains of a buffer. Bytes between the end of the file and a position behind it read as zero.
     *
     * @throws IOException if not all of it could be written; some of it may have been
     */
    void write(long position, ByteBuffer source) throws IOException;

    /**
     * Reads until the buffer is full or the file ends.
     *
     * @return how many bytes were read, 0 at the end of the file and behind it
     */
    int read(long position, ByteBuffer target) throws IOException;

    /** Cuts the file to this many bytes; a shorter file stays as it is. */
    void truncate(long size) throws IOException;

    /**
     * Makes durable all that was written to the file, and its size.
     *
     * @throws IOException if that has failed; it is then unknown what is durable, and a repeated call does not show it
     */
    void force() throws IOException;
}
