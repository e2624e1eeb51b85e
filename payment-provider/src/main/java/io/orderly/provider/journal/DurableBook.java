package io.orderly.provider.journal;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.orderly.provider.book.Book;
import io.orderly.provider.book.Instruction;
import io.orderly.provider.book.InstructionResult;
import io.orderly.provider.book.Issuer;
import io.orderly.provider.book.Payment;
import io.orderly.provider.book.Summary;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The durable book. A returned answer cannot be lost: each call, including lookups and repeated instructions, waits
 * until all changes that its answer depends on are durable.
 *
 * <p>Safe for concurrent use. Calls wait for the disk outside the lock, so that many callers share one fsync.
 */
public final class DurableBook implements AutoCloseable {

    // Amounts are strings, so that tools that read the journal do not convert them to floating-point numbers.
    private static final JsonMapper JSON = JsonMapper.builder()
            .withConfigOverride(
                    BigDecimal.class, amount -> amount.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
            .build();
    private static final ObjectReader PAYMENT_READER = JSON.readerFor(Payment.class);
    private static final ObjectWriter PAYMENT_WRITER = JSON.writerFor(Payment.class);

    private final Book book;
    private final Journal journal;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private long lastAppended;

    private DurableBook(Book book, Journal journal, InstantSource clock) {
        this.book = book;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Opens the book in a directory, which is created if it does not exist.
     *
     * @param clock the source of the timestamps of changes
     * @param onFailure called once if the disk fails; after that all methods throw
     * @throws CorruptJournalException if the journal is corrupt
     * @throws IOException if the journal cannot be read or is open in another process
     */
    public static DurableBook open(Path folder, InstantSource clock, Consumer<Throwable> onFailure) throws IOException {
        Files.createDirectories(folder);
        var book = new Book();
        var journal = Journal.open(folder.resolve("book.journal"), payload -> book.enter(read(payload)), onFailure);
        return new DurableBook(book, journal, clock);
    }

    private static Payment read(byte[] payload) {
        try {
            return PAYMENT_READER.readValue(payload);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a payment: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Executes an instruction. When the method returns, the change is durable.
     *
     * @param issuer called only for a key that the book does not contain
     * @throws JournalFailedException if the disk failed: whether the change is durable is unknown
     */
    public InstructionResult execute(Instruction instruction, Issuer issuer) {
        return durably(() -> {
            var verdict = book.decide(instruction, issuer, clock.instant());
            if (verdict instanceof InstructionResult.Change(var payment)) {
                lastAppended = journal.append(PAYMENT_WRITER.writeValueAsBytes(payment));
                book.enter(payment);
            }
            return verdict;
        });
    }

    /** The payment with this key. */
    public Optional<Payment> find(String key) {
        return durably(() -> book.find(key));
    }

    /** A page of all payments; see {@link Book#changedAfter}. */
    public List<Payment> changedAfter(long sequence, int limit) {
        return durably(() -> book.changedAfter(sequence, limit));
    }

    /** The sums over the whole book. */
    public Summary summary() {
        return durably(book::summary);
    }

    private <T> T durably(Supplier<T> read) {
        T answer;
        long lastRequired;
        lock.lock();
        try {
            answer = read.get();
            lastRequired = lastAppended;
        } finally {
            lock.unlock();
        }
        journal.awaitDurable(lastRequired);
        return answer;
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
