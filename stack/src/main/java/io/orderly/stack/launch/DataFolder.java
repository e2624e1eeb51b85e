package io.orderly.stack.launch;

import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data folder of a system. A single launcher owns it until it closes the folder or exits. */
public final class DataFolder implements AutoCloseable {

    /**
     * Contains the pid of the owner. It is not deleted when the folder is emptied, because the lock is on this file.
     */
    private static final String LOCK_FILE = "launcher.pid";

    private static final int LEFTOVERS_GRACE_SECONDS = 60;

    private final Path root;

    private final FileLock lock;

    private DataFolder(Path root, FileLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Locks the folder, and waits until the remaining processes of an earlier launcher have exited.
     *
     * @throws ProcessFailure if another launcher owns the folder; the message contains its pid
     */
    public static DataFolder take(Path root) {
        try {
            Files.createDirectories(root);
            Path lockFile = root.resolve(LOCK_FILE);
            FileChannel channel = FileChannel.open(
                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new ProcessFailure(
                        "a system is already running in %s, started by pid %s; stop it, or use another --data folder and other ports"
                                .formatted(root, Files.readString(lockFile).strip()));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes()), 0);
            DataFolder folder = new DataFolder(root.toRealPath(), lock);
            folder.awaitLeftovers();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes all data of earlier runs. */
    public void empty() {
        try (Stream<Path> parts = Files.list(root)) {
            parts.map(part -> part.getFileName().toString())
                    .filter(part -> !part.equals(LOCK_FILE))
                    .forEach(this::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Deletes a part of the folder, if it exists.
     *
     * @param part a path within the folder
     */
    public void delete(String part) {
        Path top = root.resolve(part);
        if (!Files.exists(top)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(top)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path root() {
        return root;
    }

    /** The folder of a process. */
    public Path of(String name) {
        return root.resolve(name);
    }

    /** The folder of the processes' logs and pid files. */
    public ProcessFolder processes() {
        return ProcessFolder.under(root);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Releases the folder; the exit of this process releases it, too. */
    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitLeftovers() {
        CompletableFuture<?>[] ends =
                processes().leftovers().stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(LEFTOVERS_GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ProcessFailure("processes of an earlier run are still running: "
                    + processes().leftovers().stream().map(ProcessHandle::pid).toList());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
