package io.orderly.lab.evidence;

import io.orderly.backends.Database;
import io.orderly.contracts.OrderId;
import io.orderly.lab.load.JournalEntry;
import io.orderly.lab.load.JournalEntry.Answered;
import io.orderly.lab.load.JournalEntry.Attempted;
import io.orderly.lab.load.JournalEntry.CancellationAnswered;
import io.orderly.lab.load.JournalEntry.Unanswered;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The history of an order from all sources, sorted by wall-clock time.
 *
 * @param subject the order's id
 */
public record OrderHistory(String subject, List<Line> lines) {

    private static final String TIMELINE = """
            select at, concat_ws(' ', kind, step, message, reason, detail, 'attempt ' || nullif(attempt, 1)) as what
              from saga_timeline where order_id = ? order by seq""";

    private static final String TRANSFERS = """
            select posted_at as at, concat_ws(' ', kind, amount, currency, 'from', debit_account, 'to', credit_account) as what
              from transfers where reference = ? order by posted_at""";

    /**
     * @param at null for a final state
     * @param where the source
     */
    public record Line(@Nullable Instant at, String where, String what) {}

    static OrderHistory read(EvidenceSources sources, OrderId order, List<JournalEntry> journal, List<BookLine> book) {
        List<Line> lines = new ArrayList<>(ofClient(order, journal));
        lines.addAll(rows(sources.orders(), "saga", TIMELINE, order));
        lines.addAll(rows(sources.payments(), "ledger", TRANSFERS, order));
        lines.sort(Comparator.comparing(line -> Objects.requireNonNull(line.at())));
        lines.addAll(finalStates(sources.orders(), "order", "select status as what from orders where id = ?", order));
        lines.addAll(finalStates(
                sources.inventory(),
                "stock",
                "select concat_ws(' ', quantity, sku, state) as what from reservations where order_id = ? order by sku",
                order));
        lines.addAll(finalStates(
                sources.payments(), "payment", "select state as what from payments where order_id = ?", order));
        lines.addAll(finalStates(
                sources.shipping(), "shipment", "select state as what from shipments where order_id = ?", order));
        book.stream()
                .filter(line -> order.toString().equals(line.reference()))
                .forEach(line -> lines.add(new Line(
                        null, "provider's book", "%s %s %s".formatted(line.key(), line.status(), line.amount()))));
        return new OrderHistory(order.toString(), lines);
    }

    private static List<Line> ofClient(OrderId order, List<JournalEntry> journal) {
        List<String> keys = journal.stream()
                .filter(entry -> entry instanceof Answered answered
                        && order.equals(answered.answer().orderId()))
                .map(JournalEntry::key)
                .distinct()
                .toList();
        return journal.stream()
                .filter(entry -> keys.contains(entry.key()))
                .map(entry -> switch (entry) {
                    case Attempted attempted ->
                        new Line(attempted.intended(), "client", "places the order with the key " + attempted.key());
                    case Answered answered ->
                        new Line(
                                answered.at(),
                                "client",
                                "receives the response " + answered.answer().status());
                    case Unanswered unanswered ->
                        new Line(unanswered.at(), "client", "receives no response: " + unanswered.why());
                    case CancellationAnswered cancellation ->
                        new Line(
                                cancellation.at(),
                                "client",
                                "cancels it, receives the response " + cancellation.status());
                })
                .toList();
    }

    private static List<Line> rows(Database database, String where, String query, OrderId order) {
        return EvidenceSources.snapshot(
                database,
                jdbc -> jdbc.sql(query)
                        .param(order.value())
                        .query((row, _) -> new Line(
                                row.getObject("at", OffsetDateTime.class).toInstant(), where, row.getString("what")))
                        .list());
    }

    private static List<Line> finalStates(Database database, String where, String query, OrderId order) {
        return EvidenceSources.snapshot(
                database,
                jdbc -> jdbc.sql(query)
                        .param(order.value())
                        .query((row, _) -> new Line(null, where, row.getString("what")))
                        .list());
    }
}
