package io.orderly.lab.load;

import io.orderly.contracts.Printable;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A durable log of client requests and responses, one JSON object per line. Entries are written in batches that share
 * one write and one flush. Thread-safe.
 */
public final class Journal implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte NEW_LINE = '\n';
    private static final int LONGEST_REASON = 300;

    /** The time over which entries are batched before a flush, to limit the journal's share of the disk. */
    private static final Duration BATCHING = Duration.ofMillis(10);

    private final FileChannel file;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread writer;

    /** @param entry null stops the writer */
    private record Pending(@Nullable JournalEntry entry, CompletableFuture<Void> durable) {}

    private Journal(FileChannel file) {
        this.file = file;
        this.writer = Thread.ofPlatform().name("journal").daemon().start(this::write);
    }

    /**
     * Creates a journal.
     *
     * @throws UncheckedIOException if the file exists or cannot be written
     */
    public static Journal begin(Path file) {
        try {
            return new Journal(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return completes when the entry is on disk; fails with an {@link IOException} if it cannot be written or the
     *     journal is closed
     */
    public CompletableFuture<Void> append(JournalEntry entry) {
        var pending = new Pending(entry, new CompletableFuture<>());
        if (closed.get()) {
            pending.durable().completeExceptionally(new IOException("the journal is closed"));
        } else {
            queue.add(pending);
        }
        return pending.durable();
    }

    /**
     * Reads all entries of a journal, also if its writer was killed: an incomplete last line is ignored.
     *
     * @throws ProcessFailure if the file cannot be read or a line is not an entry; the message contains the line number
     */
    public static List<JournalEntry> read(Path file) {
        try {
            String text = Files.readString(file);
            List<String> lines =
                    text.substring(0, text.lastIndexOf(NEW_LINE) + 1).lines().toList();
            List<JournalEntry> entries = new ArrayList<>(lines.size());
            for (String line : lines) {
                entries.add(entry(line, file, entries.size() + 1));
            }
            return entries;
        } catch (IOException e) {
            throw new ProcessFailure("the journal %s cannot be read: %s".formatted(file, e), e);
        }
    }

    private static JournalEntry entry(String line, Path file, int number) {
        try {
            return Optional.ofNullable(JSON.readValue(line, JournalEntry.class))
                    .orElseThrow(() -> new ProcessFailure("%s, line %d: null".formatted(file, number)));
        } catch (JacksonException e) {
            throw new ProcessFailure(
                    "%s, line %d: %s".formatted(file, number, Printable.of(e.getOriginalMessage(), LONGEST_REASON)), e);
        }
    }

    /** Writes all appended entries and closes the journal. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        var end = new Pending(null, new CompletableFuture<>());
        queue.add(end);
        try {
            end.durable().join();
            writer.join();
            file.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        boolean closing = false;
        while (!closing) {
            List<Pending> batch = new ArrayList<>();
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                return; // interrupted only at JVM shutdown
            }
            LockSupport.parkNanos(BATCHING.toNanos());
            queue.drainTo(batch);
            closing = batch.stream().anyMatch(pending -> pending.entry() == null);
            try {
                flush(batch);
                batch.forEach(pending -> pending.durable().complete(null));
            } catch (IOException e) {
                batch.forEach(pending -> pending.durable().completeExceptionally(e));
            }
        }
    }

    private void flush(List<Pending> batch) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Pending pending : batch) {
            if (pending.entry() != null) {
                lines.append(JSON.writeValueAsString(pending.entry())).append((char) NEW_LINE);
            }
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
    }
}
