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
 * The book on disk. Nothing that it tells can be lost: every answer, also one that only looks something up or finds an
 * instruction repeated, waits until all that it rests on is durable.
 *
 * <p>Safe for concurrent use. Waiting for the disk happens outside the lock, which is what lets many callers share one
 * fsync.
 */
public final class DurableBook implements AutoCloseable {

    // An amount is a string here too, so that no tool that reads the journal makes a double of it.
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
     * Opens the book in a folder, which is created if it is not there.
     *
     * @param clock stamps the changes
     * @param onFailure told once if the disk fails: from then on the book only throws
     * @throws CorruptJournalException if the book on disk is damaged
     * @throws IOException if it cannot be read or is open elsewhere
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
     * Follows an instruction; what the verdict says has happened, durably.
     *
     * @param issuer asked only for a payment that the book does not know yet
     * @throws JournalFailedException if the disk failed: whether the change is durable is unknown
     */
    public InstructionResult follow(Instruction instruction, Issuer issuer) {
        return durably(() -> {
            var verdict = book.decide(instruction, issuer, clock.instant());
            if (verdict instanceof InstructionResult.Change(var payment)) {
                lastAppended = journal.append(PAYMENT_WRITER.writeValueAsBytes(payment));
                book.enter(payment);
            }
            return verdict;
        });
    }

    /** The payment under a key. */
    public Optional<Payment> find(String key) {
        return durably(() -> book.find(key));
    }

    /** One page of all payments; see {@link Book#changedAfter}. */
    public List<Payment> changedAfter(long sequence, int limit) {
        return durably(() -> book.changedAfter(sequence, limit));
    }

    /** The sums over the whole book. */
    public Summary summary() {
        return durably(book::summary);
    }

    private <T> T durably(Supplier<T> question) {
        T answer;
        long restsOn;
        lock.lock();
        try {
            answer = question.get();
            restsOn = lastAppended;
        } finally {
            lock.unlock();
        }
        journal.awaitDurable(restsOn);
        return answer;
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
