package io.orderly.coordinator.log;

import java.io.IOException;
import java.util.List;

/**
 * A folder of files, with the operations of a file system that a log needs. It guarantees no more than the system calls: a write, creation,
 * renaming or deletion may be lost in a power failure until it is forced.
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
     * @throws java.nio.file.NoSuchFileException if no file has that name
     */
    DiskFile open(String name) throws IOException;

    /**
     * Creates an empty file. After a power failure the file exists for certain only if {@link #force()} was called since, and its content
     * only if {@link DiskFile#force()} was.
     *
     * @throws java.nio.file.FileAlreadyExistsException if a file has that name
     * @throws DiskFullException if there is no space; the file does not exist then
     */
    DiskFile create(String name) throws IOException;

    /** Renames a file atomically; a file that had the new name before is deleted. Durable after {@link #force()}. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file if it exists. Durable after {@link #force()}. */
    void delete(String name) throws IOException;

    /** Makes the folder itself durable: the names, and the file of each. */
    void force() throws IOException;

    /** An estimate of the free space in bytes. */
    long freeBytes() throws IOException;
}
