package io.orderly.lab.evidence;

import io.orderly.backends.Database;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a system has not finished yet. Read in several steps, so only nothing twice in a row is nothing.
 *
 * @param sagas that are neither at their end nor parked
 * @param messages that wait to be published
 * @param payments that wait for the provider
 */
public record PendingWork(long sagas, long messages, long payments) {

    private static final String SAGAS =
            "select count(*) from sagas where phase in ('FORWARD', 'COMPENSATING') and parked_reason is null";
    private static final String MESSAGES = "select count(*) from outbox";
    private static final String PAYMENTS = "select count(*) from payments where due_at is not null";

    private static final Duration POLL = Duration.ofMillis(250);

    /**
     * Waits until nothing is left to do, twice in a row.
     *
     * @return what there still is when patience has ended
     */
    public static PendingWork awaitNone(EvidenceSources sources, Duration patience) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + patience.toNanos();
        PendingWork before = sources.unfinished();
        while (true) {
            Thread.sleep(POLL);
            PendingWork now = sources.unfinished();
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
                ? "nothing"
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
