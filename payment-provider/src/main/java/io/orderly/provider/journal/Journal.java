package io.orderly.provider.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of checksummed records with group commit: one thread writes and syncs all records that were
 * appended while it synced the previous batch, so that many callers share one fsync.
 *
 * <p>Safe for concurrent use. One process holds the file at a time.
 */
final class Journal implements AutoCloseable {

    private final FileChannel channel;
    private final Consumer<Throwable> onFailure;
    private final Thread writer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long appended;
    private long durable;
    private boolean closing;
    private @Nullable Throwable failure;

    private Journal(FileChannel channel, Consumer<Throwable> onFailure) {
        this.channel = channel;
        this.onFailure = onFailure;
        // A platform thread, because it blocks in system calls. It is never interrupted, because an interrupt would
        // close the channel.
        this.writer = Thread.ofPlatform().name("journal").unstarted(this::write);
    }

    /**
     * Opens the journal, creates it if necessary, passes all records to {@code reader} in order, and truncates a record
     * that a crash left incomplete.
     *
     * @param reader accepts one payload at a time; an {@link IllegalArgumentException} counts as corruption
     * @param onFailure called once, on the journal's thread, if a write or fsync fails; no further record becomes
     *     durable
     * @throws CorruptJournalException if a record fails its check
     * @throws IOException if the file cannot be read or is held by another process
     */
    static Journal open(Path file, Consumer<byte[]> reader, Consumer<Throwable> onFailure) throws IOException {
        var created = Files.notExists(file);
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lockFile(file, channel);
            var end = read(file, channel, reader);
            if (end < channel.size()) {
                channel.truncate(end);
                channel.force(true);
            }
            if (created) {
                syncDirectoryOf(file);
            }
            channel.position(end);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        var journal = new Journal(channel, onFailure);
        journal.writer.start();
        return journal;
    }

    private static void lockFile(Path file, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException _) {
            // held by this process: same failure
        }
        throw new IOException(file + " is in use by another payment provider");
    }

    /** Without this sync a crash of the machine could lose the directory entry of the file. */
    private static void syncDirectoryOf(Path file) throws IOException {
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Returns the position after the last complete record. */
    private static long read(Path file, FileChannel channel, Consumer<byte[]> reader) throws IOException {
        var chunk = ByteBuffer.allocate(1 << 16);
        var line = new ByteArrayOutputStream();
        var position = 0L;
        while (channel.read(chunk.clear()) >= 0) {
            for (chunk.flip(); chunk.hasRemaining(); ) {
                var next = chunk.get();
                if (next == '\n') {
                    readRecord(file, position, line.toByteArray(), reader);
                    position += line.size() + 1L;
                    line.reset();
                } else {
                    line.write(next);
                }
            }
        }
        if (!JournalLine.isTorn(withoutTrailingZeros(line.toByteArray()))) {
            throw new CorruptJournalException(file, position, "the last record has no line feed");
        }
        return position;
    }

    private static void readRecord(Path file, long position, byte[] line, Consumer<byte[]> reader) {
        var payload = JournalLine.payload(line);
        if (payload == null) {
            throw new CorruptJournalException(file, position, "the record does not match its length and checksum");
        }
        try {
            reader.accept(payload);
        } catch (IllegalArgumentException e) {
            throw new CorruptJournalException(file, position, e.getMessage());
        }
    }

    /**
     * A crash may leave a file that has grown but whose content was not written; such bytes are zeros, which no record
     * contains.
     */
    private static byte[] withoutTrailingZeros(byte[] bytes) {
        var end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    /**
     * Appends a record and returns its number for {@link #awaitDurable}; numbers are counted from 1 since the journal
     * was opened. The record is not durable yet.
     *
     * @param payload without line feeds and zero bytes
     * @throws JournalFailedException if the journal has failed
     */
    long append(byte[] payload) {
        lock.lock();
        try {
            throwIfFailed();
            if (closing) {
                throw new IllegalStateException("The journal is closed");
            }
            pending.writeBytes(JournalLine.of(payload));
            work.signal();
            return ++appended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until this record and all earlier ones would survive a crash of the machine.
     *
     * @throws JournalFailedException if the journal failed before
     */
    void awaitDurable(long number) {
        lock.lock();
        try {
            while (durable < number) {
                throwIfFailed();
                progress.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void throwIfFailed() {
        if (failure != null) {
            throw new JournalFailedException(failure);
        }
    }

    private void write() {
        try {
            while (takeBatch() instanceof Batch batch) {
                var bytes = ByteBuffer.wrap(batch.bytes());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                // Without metadata such as the file's times; its length is synced nevertheless.
                channel.force(false);
                markDurable(batch);
            }
        } catch (IOException | RuntimeException | Error e) {
            // Any failure ends this thread, so callers must not wait for it.
            fail(e);
        }
    }

    private record Batch(byte[] bytes, long lastNumber) {}

    /** All pending records, as soon as there are any; null when the journal is closed and everything is written. */
    private @Nullable Batch takeBatch() {
        lock.lock();
        try {
            while (appended == durable && !closing) {
                work.awaitUninterruptibly();
            }
            if (appended == durable) {
                return null;
            }
            var batch = new Batch(pending.toByteArray(), appended);
            pending = new ByteArrayOutputStream();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void markDurable(Batch batch) {
        lock.lock();
        try {
            durable = batch.lastNumber();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable e) {
        lock.lock();
        try {
            failure = e;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        onFailure.accept(e);
    }

    /** Writes the pending records and releases the file. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        var interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        channel.close();
    }
}
