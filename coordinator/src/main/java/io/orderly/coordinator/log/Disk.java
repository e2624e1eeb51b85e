package io.orderly.coordinator.log;

import java.io.IOException;
import java.util.List;

/**
 * A folder of files, with the operations of a file system that a log needs. It guarantees no more than the system calls: what was
 * written, created, renamed or deleted may be lost in a power failure until it is forced.
 *
 * <p>Names are plain file names. Different files may be used by different threads.
 */
public interface Disk {

    /** The suffix of files that are not complete yet. Such files from before a crash are deleted. */
    String TEMPORARY = ".tmp";

    /** The names of all files in the folder, sorted. */
    List<String> names() throws IOException;

    /**
     * Opens a file for reading and writing.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of that name
     */
    DiskFile open(String name) throws IOException;

    /**
     * Creates an empty file. After a power failure it is there for certain only if {@link #force()} was called since, and
     * its content only if {@link DiskFile#force()} was.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
     */
    DiskFile create(String name) throws IOException;

    /** Gives a file another name, in one step; a file that had this name before is gone. Durable after {@link #force()}. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file if it is there. Durable after {@link #force()}. */
    void delete(String name) throws IOException;

    /** Makes the folder itself durable: which names there are, and which file each stands for. */
    void force() throws IOException;

    /** An estimate of how many more bytes can be written. */
    long freeBytes() throws IOException;
}
