package io.orderly.lab.evidence;

import io.orderly.backends.Database;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pending work of a system. It is read in several steps, so work is complete only if two consecutive reads are
 * empty.
 *
 * @param sagas number of sagas that are neither complete nor parked
 * @param messages number of messages in the outboxes
 * @param payments number of payments that wait for the provider
 */
public record PendingWork(long sagas, long messages, long payments) {

    private static final String SAGAS =
            "select count(*) from sagas where phase in ('FORWARD', 'COMPENSATING') and parked_reason is null";
    private static final String MESSAGES = "select count(*) from outbox";
    private static final String PAYMENTS = "select count(*) from payments where due_at is not null";

    private static final Duration POLL = Duration.ofMillis(250);

    /**
     * Waits until two consecutive reads find no pending work.
     *
     * @return the pending work when the timeout expired; otherwise empty
     */
    public static PendingWork awaitNone(EvidenceSources sources, Duration timeout) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + timeout.toNanos();
        PendingWork before = sources.pendingWork();
        while (true) {
            Thread.sleep(POLL);
            PendingWork now = sources.pendingWork();
            if (now.isEmpty() && before.isEmpty() || System.nanoTime() - giveUpNanos > 0) {
                return now;
            }
            before = now;
        }
    }

    static PendingWork read(EvidenceSources sources) {
        List<Database> all = List.of(sources.orders(), sources.inventory(), sources.payments(), sources.shipping());
        return new PendingWork(
                count(sources.orders(), SAGAS),
                all.stream().mapToLong(database -> count(database, MESSAGES)).sum(),
                count(sources.payments(), PAYMENTS));
    }

    public boolean isEmpty() {
        return sagas + messages + payments == 0;
    }

    @Override
    public String toString() {
        return isEmpty()
                ? "none"
                : Stream.of(part(sagas, "sagas"), part(messages, "messages"), part(payments, "payments"))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
    }

    private static String part(long count, String name) {
        return count == 0 ? "" : count + " " + name;
    }

    private static long count(Database database, String query) {
        return EvidenceSources.snapshot(
                database, jdbc -> jdbc.sql(query).query(Long.class).single());
    }
}
