package io.orderly.coordinator.log;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the file system, locked for this process: a second process, or a second log in this one, is refused. The operating
 * system releases the lock when the process ends; the file {@value #LOCK} remains.
 */
public final class FolderDisk implements Disk, Closeable {

    private static final String LOCK = "lock";

    /** What the operating system says if it speaks English: ENOSPC and EDQUOT. */
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

    /** What a new file needs, about. */
    private static final long BLOCK_BYTES = 4_096;

    private final Path folder;
    private final FileChannel lock;
    private final FileStore store;

    private FolderDisk(Path folder, FileChannel lock, FileStore store) {
        this.folder = folder;
        this.lock = lock;
        this.store = store;
    }

    /**
     * Locks the folder, and creates it if it does not exist.
     *
     * @throws UnusableFolderException if it cannot be created, read or written, or is in use
     */
    public static FolderDisk take(Path folder) throws UnusableFolderException {
        try {
            makeDurably(folder.toAbsolutePath());
        } catch (IOException e) {
            throw new UnusableFolderException(
                    "%s cannot be created as a folder (%s); name another one, or correct the permissions of its parent"
                            .formatted(folder, e),
                    e);
        }
        FileChannel channel;
        FileStore store;
        try {
            store = Files.getFileStore(folder);
            channel = FileChannel.open(folder.resolve(LOCK), CREATE, WRITE);
        } catch (IOException e) {
            throw new UnusableFolderException(
                    "%s cannot be written (%s); give the user of this process permission to write, and free space"
                            .formatted(folder, e),
                    e);
        }
        if (!lock(channel)) {
            closeQuietly(channel);
            throw new UnusableFolderException(
                    "%s is in use by another node; stop that node first, or name another folder".formatted(folder));
        }
        return new FolderDisk(folder, channel, store);
    }

    /** A new folder is durable only once its parent is. */
    private static void makeDurably(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            makeDurably(parent);
        }
        Files.createDirectory(folder);
        if (parent != null) {
            forceFolder(parent);
        }
    }

    private static boolean lock(FileChannel channel) {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false;
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing was written to it
        }
    }

    private static void forceFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    @Override
    public List<String> names() throws IOException {
        try (var paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals(LOCK))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return new ChannelFile(FileChannel.open(folder.resolve(name), READ, WRITE));
    }

    @Override
    public DiskFile create(String name) throws IOException {
        try {
            return new ChannelFile(FileChannel.open(folder.resolve(name), CREATE_NEW, READ, WRITE));
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            throw failed(e, BLOCK_BYTES);
        }
    }

    /**
     * The message of the operating system may be in any language, so that free space is looked at as well. A write that failed for
     * another reason is then repeated too; the force after it fails if anything was lost.
     */
    private IOException failed(IOException failure, long neededBytes) throws IOException {
        String message = String.valueOf(failure.getMessage());
        boolean isFull = FULL.stream().anyMatch(message::contains) || freeBytes() < neededBytes;
        return isFull ? new DiskFullException(failure) : failure;
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void force() throws IOException {
        forceFolder(folder);
    }

    @Override
    public long freeBytes() throws IOException {
        return store.getUsableSpace();
    }

    /** Releases the folder for another process. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private final class ChannelFile implements DiskFile {

        private final FileChannel channel;

        ChannelFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            long at = position;
            try {
                while (source.hasRemaining()) {
                    at += channel.write(source, at);
                }
            } catch (IOException e) {
                throw failed(e, source.remaining());
            }
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            int before = target.position();
            int count = 0;
            while (target.hasRemaining() && count >= 0) {
                count = channel.read(target, position + target.position() - before);
            }
            return target.position() - before;
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        /** Without the timestamps of the file, which are not needed after a crash: fdatasync, which includes the size. */
        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
