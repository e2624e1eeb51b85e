package io.orderly.lab.audit;

import static io.orderly.lab.audit.ConsistentSystem.CANCELLED;
import static io.orderly.lab.audit.ConsistentSystem.CONFIRMED;
import static io.orderly.lab.audit.ConsistentSystem.PARKED;
import static io.orderly.lab.audit.ConsistentSystem.SOLD_OUT;
import static io.orderly.lab.audit.ConsistentSystem.STRANGER;
import static io.orderly.lab.audit.ConsistentSystem.UNDELIVERED;
import static io.orderly.lab.audit.ConsistentSystem.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.BookLine;
import io.orderly.lab.evidence.DeadLetterRecord;
import io.orderly.lab.evidence.ForeignRecord;
import io.orderly.lab.evidence.ForeignRecords;
import io.orderly.lab.evidence.OrderRows.Status;
import io.orderly.lab.evidence.PublishedEvents.PublishedEvent;
import io.orderly.lab.load.JournalEntry.Answered;
import io.orderly.lab.load.JournalEntry.CancellationAnswered;
import io.orderly.lab.load.OrderResponse;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Corrupts a consistent system in every way that the audit detects, on the tables that the services themselves create.
 */
@ResourceLock("topics of the shared broker")
class AuditIntegrationTest {

    private static final BigDecimal THIRTY = new BigDecimal("30.00");

    /**
     * @param invariant the class that has to detect it
     * @param subject the subject of the expected violation
     */
    record Corruption(
            Class<? extends Invariant> invariant, Object subject, String how, Consumer<ConsistentSystem> action) {

        @Override
        public String toString() {
            return invariant.getSimpleName() + ": " + how;
        }
    }

    static Stream<Corruption> breaks() {
        return Stream.of(
                new Corruption(
                        AcknowledgedOrdersExist.class,
                        CONFIRMED,
                        "an acknowledged order is missing",
                        world -> world.run("orders", "delete from orders where id = '%s'".formatted(CONFIRMED))),
                new Corruption(
                        AcknowledgedOrdersExist.class,
                        UNPAID,
                        "a client received the id of another client's order",
                        world -> world.journal.add(answered("k-unanswered", 202, UNPAID))),
                new Corruption(RefusedRequestsLeaveNothing.class, "k-2", "a refused request has an order", world -> {
                    world.journal.removeIf(entry -> entry.key().equals("k-2"));
                    world.journal.add(answered("k-2", 422, null));
                }),
                new Corruption(
                        RefusedRequestsLeaveNothing.class,
                        "k-refused",
                        "a refused request has a stored response",
                        world ->
                                world.run("orders", "update idempotency_keys set key = 'k-refused' where key = 'k-1'")),
                new Corruption(
                        RequestsCreateAtMostOneOrder.class,
                        "k-1",
                        "a retry created a second order",
                        world -> world.run(
                                "orders",
                                "update orders set address = '{\"name\": \"k-1\"}' where id = '%s'"
                                        .formatted(SOLD_OUT))),
                new Corruption(
                        RequestsCreateAtMostOneOrder.class,
                        "k-1",
                        "a retry was answered with another order",
                        world -> world.journal.add(answered("k-1", 202, UNPAID))),
                new Corruption(
                        OrdersEndOrAreParked.class,
                        CONFIRMED,
                        "a saga is incomplete",
                        world -> world.run("orders", """
                                update orders set status = 'PENDING' where id = '%1$s';
                                update sagas set phase = 'FORWARD', awaiting = 'CHARGE_PAYMENT', deadline_at = now()
                                 where order_id = '%1$s'""".formatted(CONFIRMED))),
                new Corruption(
                        OrdersAndSagasAgree.class,
                        UNPAID,
                        "an order's status differs from its saga",
                        world -> world.run(
                                "orders", "update orders set status = 'CONFIRMED' where id = '%s'".formatted(UNPAID))),
                new Corruption(
                        OrdersAndSagasAgree.class,
                        UNPAID,
                        "an order has no saga",
                        world -> world.run("orders", "delete from sagas where order_id = '%s'".formatted(UNPAID))),
                new Corruption(
                        TimelinesHaveNoGaps.class,
                        CANCELLED,
                        "a timeline entry is missing",
                        world -> world.run(
                                "orders",
                                "delete from saga_timeline where seq = 1 and order_id = '%s'".formatted(CANCELLED))),
                new Corruption(
                        TimelinesRespectCausality.class,
                        CONFIRMED,
                        "a reply has an earlier timestamp than its command",
                        world -> world.run("orders", """
                                update saga_timeline set kind = 'COMMAND', step = 'CHARGE_PAYMENT', hybrid_time = 5
                                 where seq = 1 and order_id = '%1$s';
                                update saga_timeline
                                   set kind = 'REPLY', step = 'CHARGE_PAYMENT', message = 'ChargeCaptured', hybrid_time = 4
                                 where seq = 2 and order_id = '%1$s'""".formatted(CONFIRMED))),
                new Corruption(
                        TimelinesRespectCausality.class,
                        UNPAID,
                        "an order ends with an earlier timestamp than the last reply",
                        world -> world.run("orders", """
                                update saga_timeline set kind = 'REPLY', step = 'CHARGE_PAYMENT', hybrid_time = 5
                                 where seq = 1 and order_id = '%1$s';
                                update saga_timeline set kind = 'REJECTED', hybrid_time = 5
                                 where seq = 2 and order_id = '%1$s'""".formatted(UNPAID))),
                new Corruption(
                        CancellationsAreHonoured.class,
                        CONFIRMED,
                        "an order was confirmed after its cancellation was accepted",
                        world -> world.journal.add(new CancellationAnswered("k-1", Instant.EPOCH, CONFIRMED, 202))),
                new Corruption(
                        StatesAreKnown.class,
                        UNPAID,
                        "an order has a status of a newer service",
                        world -> world.run("orders", """
                                alter table orders drop constraint orders_status_check;
                                update orders set status = 'ON_THE_MOON' where id = '%s'""".formatted(UNPAID))),
                new Corruption(
                        StatesAreKnown.class,
                        PARKED,
                        "a reservation has an unknown state",
                        world -> world.run("inventory", """
                                alter table reservations drop constraint reservations_state_check;
                                update reservations set state = 'ON_THE_MOON' where order_id = '%s'""".formatted(PARKED))),
                new Corruption(
                        StatesAreKnown.class,
                        PARKED,
                        "a payment has an unknown state",
                        world -> world.run("payments", """
                                alter table payments drop constraint payments_state_check;
                                update payments set state = 'ON_THE_MOON' where order_id = '%s'""".formatted(PARKED))),
                new Corruption(
                        StatesAreKnown.class,
                        CANCELLED,
                        "a shipment has an unknown state",
                        world -> world.run("shipping", """
                                alter table shipments drop constraint shipments_state_check;
                                update shipments set state = 'ON_THE_MOON' where order_id = '%s'""".formatted(CANCELLED))),
                new Corruption(
                        StatesAreKnown.class,
                        "pay-new",
                        "the book has an unknown status",
                        world -> world.book.add(new BookLine("pay-new", BookLine.Status.UNKNOWN, null, null))),
                new Corruption(
                        ChargesAreForConfirmedOrders.class,
                        "pay-strange",
                        "the provider has a charge without an order",
                        world -> world.book.add(
                                new BookLine("pay-strange", BookLine.Status.CHARGED, "no order id", THIRTY))),
                new Corruption(StockIsConserved.class, "X-1", "a unit is lost", world -> world.run("inventory", """
                                alter table stock drop constraint stock_conserved;
                                update stock set on_hand = on_hand - 1 where sku = 'X-1'""")),
                new Corruption(
                        StockIsConserved.class,
                        "Y-1",
                        "the stock on hand is wrong",
                        world -> world.run("inventory", """
                                alter table stock drop constraint stock_never_below_zero;
                                update stock set on_hand = -1, shipped = 100 where sku = 'Y-1'""")),
                new Corruption(
                        StockIsConserved.class,
                        "X-1",
                        "a reservation is not counted",
                        world -> world.run(
                                "inventory",
                                "update stock set reserved = reserved - 2, on_hand = on_hand + 2 where sku = 'X-1'")),
                new Corruption(
                        StockIsConserved.class,
                        "X-1",
                        "a restock is missing in the journal",
                        world -> world.run("inventory", "delete from restocks")),
                new Corruption(
                        CapacityIsRespected.class,
                        "DE 2026-11-24",
                        "a day is overbooked",
                        world -> world.run("shipping", """
                                alter table capacity drop constraint capacity_never_exceeded;
                                update capacity set slots = 1""")),
                new Corruption(
                        CapacityIsRespected.class,
                        "DE 2026-11-24",
                        "a slot is booked without a shipment",
                        world -> world.run("shipping", "update capacity set booked = 3")),
                new Corruption(
                        ConfirmedOrdersAreFulfilledOnce.class,
                        CONFIRMED,
                        "an order line was shipped with a lower quantity",
                        world -> world.run(
                                "inventory",
                                "update reservations set quantity = 1 where sku = 'X-1' and order_id = '%s'"
                                        .formatted(CONFIRMED))),
                new Corruption(
                        ConfirmedOrdersAreFulfilledOnce.class,
                        CONFIRMED,
                        "the stock of a confirmed order was released",
                        world -> world.run(
                                "inventory",
                                "update reservations set state = 'RELEASED' where order_id = '%s'"
                                        .formatted(CONFIRMED))),
                new Corruption(
                        ConfirmedOrdersAreFulfilledOnce.class,
                        CONFIRMED,
                        "a confirmed order was not paid",
                        world -> world.run(
                                "payments", "delete from payments where order_id = '%s'".formatted(CONFIRMED))),
                new Corruption(
                        ConfirmedOrdersAreFulfilledOnce.class,
                        CONFIRMED,
                        "a confirmed order was paid with a lower amount",
                        world -> world.run(
                                "payments",
                                "update payments set amount = 29.99 where order_id = '%s'".formatted(CONFIRMED))),
                new Corruption(
                        ConfirmedOrdersAreFulfilledOnce.class,
                        CONFIRMED,
                        "the shipment of a confirmed order was cancelled",
                        world -> world.run(
                                "shipping",
                                "update shipments set state = 'CANCELLED' where order_id = '%s'".formatted(CONFIRMED))),
                new Corruption(
                        CompensatedOrdersKeepNothing.class,
                        UNPAID,
                        "a rejected order keeps its reservation",
                        world -> world.run(
                                "inventory",
                                "update reservations set state = 'RESERVED' where order_id = '%s'".formatted(UNPAID))),
                new Corruption(
                        CompensatedOrdersKeepNothing.class,
                        CANCELLED,
                        "a cancelled order stays charged",
                        world -> world.run(
                                "payments",
                                "update payments set state = 'CHARGED' where order_id = '%s'".formatted(CANCELLED))),
                new Corruption(
                        CompensatedOrdersKeepNothing.class,
                        CANCELLED,
                        "a cancelled order keeps its slot",
                        world -> world.run(
                                "shipping",
                                "update shipments set state = 'SCHEDULED' where order_id = '%s'".formatted(CANCELLED))),
                new Corruption(
                        EffectsHaveAnOrder.class,
                        STRANGER,
                        "stock is reserved for a missing order",
                        world -> world.run(
                                "inventory",
                                "update reservations set order_id = '%s' where order_id = '%s'"
                                        .formatted(STRANGER, PARKED))),
                new Corruption(
                        EffectsHaveAnOrder.class,
                        STRANGER,
                        "a missing order was charged",
                        world -> world.run("payments", """
                                update payments set order_id = '%1$s' where order_id = '%2$s';
                                update transfers set reference = '%1$s' where reference = '%2$s'""".formatted(STRANGER, PARKED))),
                new Corruption(
                        EffectsHaveAnOrder.class,
                        STRANGER,
                        "a shipment is scheduled for a missing order",
                        world -> world.run(
                                "shipping",
                                "update shipments set order_id = '%s' where order_id = '%s'"
                                        .formatted(STRANGER, PARKED))),
                new Corruption(
                        EffectsHaveAnOrder.class,
                        STRANGER,
                        "events were published for a missing order",
                        world -> world.published(STRANGER, "OrderPlaced")),
                new Corruption(
                        LedgerBalances.class,
                        "ada",
                        "a balance is wrong by a cent",
                        world -> world.run(
                                "payments", "update accounts set balance = 939.99 where customer_id = 'ada'")),
                new Corruption(
                        LedgerBalances.class,
                        "ledger",
                        "an entry has no counterpart",
                        world -> world.run("payments", """
                                create or replace view ledger_entries as
                                select id, reference, kind, credit_account as account, amount::numeric as amount, currency, posted_at
                                  from transfers""")),
                new Corruption(
                        NoMoneyRemainsHeld.class,
                        UNPAID,
                        "a hold was not released",
                        world -> world.run("payments", """
                                insert into transfers (reference, kind, debit_account, credit_account, amount, currency)
                                values ('%s', 'HOLD', 'customer:ada', 'held', 30.00, 'EUR')""".formatted(UNPAID))),
                new Corruption(
                        NoMoneyRemainsHeld.class,
                        UNDELIVERED,
                        "a refund is still open",
                        world -> world.run(
                                "payments",
                                "update payments set state = 'REFUNDING', due_at = now() where order_id = '%s'"
                                        .formatted(UNDELIVERED))),
                new Corruption(
                        LedgerMatchesProvider.class,
                        CONFIRMED,
                        "a charge is missing at the provider",
                        world -> world.book.removeIf(line -> line.key().equals("pay-" + CONFIRMED))),
                new Corruption(
                        LedgerMatchesProvider.class,
                        UNPAID,
                        "a charge is missing in the ledger",
                        world -> world.book.add(charged("pay-" + UNPAID, UNPAID))),
                new Corruption(
                        LedgerMatchesProvider.class,
                        "hold-1",
                        "an authorisation is still open",
                        world -> world.book.add(
                                new BookLine("hold-1", BookLine.Status.AUTHORIZED, CONFIRMED.toString(), THIRTY))),
                new Corruption(
                        OrdersAreChargedAtMostOnce.class,
                        CONFIRMED,
                        "an order was charged again with another key",
                        world -> world.book.add(charged("pay-again", CONFIRMED))),
                new Corruption(
                        OrdersAreChargedAtMostOnce.class,
                        CONFIRMED,
                        "a capture was posted twice",
                        world -> world.run("payments", """
                                alter table transfers drop constraint transfers_pkey;
                                insert into transfers (reference, kind, debit_account, credit_account, amount, currency)
                                values ('%s', 'CAPTURE', 'held', 'clearing', 30.00, 'EUR')""".formatted(CONFIRMED))),
                new Corruption(
                        ChargesAreForConfirmedOrders.class, UNDELIVERED, "a rejected order is charged", world -> {
                            world.book.removeIf(line -> line.key().equals("pay-" + UNDELIVERED));
                            world.book.add(charged("pay-" + UNDELIVERED, UNDELIVERED));
                        }),
                new Corruption(
                        ChargesAreForConfirmedOrders.class,
                        "pay-x",
                        "a charge has no order",
                        world -> world.book.add(charged("pay-x", STRANGER))),
                new Corruption(
                        EventsMatchOrderStatus.class,
                        CONFIRMED,
                        "an order has two terminal events",
                        world -> world.facts.get(CONFIRMED).add(new PublishedEvent("another", "OrderConfirmed"))),
                new Corruption(
                        EventsMatchOrderStatus.class,
                        UNPAID,
                        "the terminal event is missing",
                        world -> world.facts.get(UNPAID).removeLast()),
                new Corruption(EventsMatchOrderStatus.class, UNPAID, "the terminal event is wrong", world -> {
                    world.facts.get(UNPAID).removeLast();
                    world.facts.get(UNPAID).add(new PublishedEvent("wrong", "OrderCancelled"));
                }),
                new Corruption(
                        EventsMatchOrderStatus.class,
                        SOLD_OUT,
                        "events are in the wrong order",
                        world -> world.facts.put(
                                SOLD_OUT, world.facts.get(SOLD_OUT).reversed())),
                new Corruption(
                        OutboxesAreEmpty.class,
                        "shipping",
                        "a message was not published",
                        world -> world.run("shipping", """
                                insert into outbox (topic, message_key, partition_id, headers, body, lamport_time, hybrid_time)
                                values ('order.saga-replies', 'k', 0, '{}', '', 1, 1)""")),
                new Corruption(
                        RetentionIsBounded.class,
                        "payments",
                        "an inbox entry is not deleted",
                        world -> world.run(
                                "payments",
                                "insert into inbox values (gen_random_uuid(), now() - interval '25 hours')")),
                new Corruption(
                        RetentionIsBounded.class,
                        "orders",
                        "a stored response is not deleted",
                        world -> world.run(
                                "orders", "update idempotency_keys set created_at = now() - interval '25 hours'")),
                new Corruption(
                        DeadLettersArePublished.class,
                        PARKED,
                        "a dead letter was not published",
                        world -> world.deadRecords.clear()));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void detectsCorruption(Corruption corruption) throws Exception {
        try (ConsistentSystem world = new ConsistentSystem()) {
            corruption.action().accept(world);
            AuditReport report = Audit.of(world.evidence());
            assertThat(report.violations()).as("violations").anySatisfy(violation -> {
                assertThat(violation.invariant()).isEqualTo(nameOf(corruption.invariant()));
                assertThat(violation.subject()).isEqualTo(corruption.subject().toString());
            });
            assertThat(report.isClean()).isFalse();
            assertThat(report.toString()).contains(corruption.subject().toString());
        }
    }

    /**
     * A transaction cannot be prepared within the transaction of the other tests, so this test creates it separately.
     */
    @Test
    void detectsARemainingPreparedTransaction() throws Exception {
        try (ConsistentSystem elsewhere = new ConsistentSystem()) {
            elsewhere.run("payments", "update accounts set balance = 1; prepare transaction 'remaining'");
        }
        try (ConsistentSystem world = new ConsistentSystem()) {
            assertThat(Audit.of(world.evidence()).violations()).singleElement().satisfies(violation -> {
                assertThat(violation.invariant()).isEqualTo("no transaction stays prepared");
                assertThat(violation.subject()).isEqualTo("remaining");
            });
        }
        try (ConsistentSystem world = new ConsistentSystem()) {
            world.runOutsideTransactions("payments", "rollback prepared 'remaining'");
        }
    }

    @Test
    void findsNoViolationInAConsistentSystem() throws Exception {
        try (ConsistentSystem world = new ConsistentSystem()) {
            AuditReport report = Audit.of(world.evidence());
            assertThat(report.violations()).isEmpty();
            assertThat(report.orders())
                    .containsEntry(Status.CONFIRMED, 1L)
                    .containsEntry(Status.REJECTED, 3L)
                    .containsEntry(Status.CANCELLED, 1L);
            assertThat(report.parked()).containsExactly(PARKED);
            assertThat(report.requests()).isEqualTo(8);
            assertThat(report.acknowledged()).isEqualTo(6);
            assertThat(report.refused()).isEqualTo(1);
            assertThat(report.deadLetters().get("orders")).hasSize(1);
        }
    }

    @Test
    void reportsForeignRecordsButNotAsViolations() throws Exception {
        try (ConsistentSystem world = new ConsistentSystem()) {
            world.foreignRecords = new ForeignRecords(
                    21, List.of(new ForeignRecord("order.events", 1, 42, "null", "its key is not an order id")));
            AuditReport report = Audit.of(world.evidence());
            assertThat(report.isClean()).isTrue();
            assertThat(report.needsNoOperator()).isFalse();
            assertThat(report.toString())
                    .contains(
                            "Foreign record: order.events, partition 1, offset 42, key null: its key is not an order id\n",
                            "Foreign records: and 20 more\n");
        }
    }

    @Test
    void escapesAndTruncatesItsOutput() throws Exception {
        try (ConsistentSystem world = new ConsistentSystem()) {
            world.run("orders", """
                    update dead_letters set message_key = repeat(chr(27), 50000), cause = repeat(chr(10), 2000)""");
            world.book.add(new BookLine("\u001b[2J".repeat(50_000), BookLine.Status.CHARGED, "\u0000", THIRTY));
            String report = Audit.of(world.evidence()).toString();
            assertThat(report).contains("\\u001b").hasSizeLessThan(5_000);
            assertThat(report.replace("\n", "")).doesNotContainPattern("\\p{Cntrl}");
        }
    }

    @Test
    void aDeadLetterWithALongKeyMatchesACopyWithATruncatedKey() throws Exception {
        try (ConsistentSystem world = new ConsistentSystem()) {
            world.run("orders", "update dead_letters set message_key = repeat('k', 50000)");
            world.deadRecords.add(
                    new DeadLetterRecord("order.saga-replies.dlt", "k".repeat(200), null, "cannot be read"));
            assertThat(Audit.of(world.evidence()).violations()).isEmpty();
        }
    }

    @Test
    void compensatedEffectsNeedNoOrder() throws Exception {
        try (ConsistentSystem world = new ConsistentSystem()) {
            world.run(
                    "inventory",
                    "update reservations set order_id = '%s' where order_id = '%s'".formatted(STRANGER, UNDELIVERED));
            world.run("payments", """
                    update payments set order_id = '%1$s' where order_id = '%2$s';
                    update transfers set reference = '%1$s' where reference = '%2$s'""".formatted(STRANGER, UNDELIVERED));
            assertThat(Audit.of(world.evidence()).violations())
                    .noneSatisfy(
                            violation -> assertThat(violation.invariant()).isEqualTo(nameOf(EffectsHaveAnOrder.class)));
        }
    }

    @Test
    void everyInvariantHasACorruption() {
        List<Object> corruption = Stream.concat(
                        breaks().<Object>map(Corruption::invariant),
                        Stream.<Object>of(NoTransactionStaysPrepared.class))
                .distinct()
                .toList();
        List<Object> all =
                Audit.invariants().stream().<Object>map(Object::getClass).toList();
        assertThat(corruption).containsExactlyInAnyOrderElementsOf(all);
    }

    private static String nameOf(Class<? extends Invariant> type) {
        return Audit.invariants().stream()
                .filter(type::isInstance)
                .findFirst()
                .orElseThrow()
                .name();
    }

    private static Answered answered(String key, int status, OrderId order) {
        return new Answered(key, Instant.EPOCH, new OrderResponse(status, order));
    }

    private static BookLine charged(String key, OrderId order) {
        return new BookLine(key, BookLine.Status.CHARGED, order.toString(), THIRTY);
    }
}
