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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks a sound world in every way that the audit knows of, on the tables that the services themselves create. */
class AuditIntegrationTest {

    private static final BigDecimal THIRTY = new BigDecimal("30.00");

    /**
     * @param invariant the class that has to notice
     * @param subject what its finding has to name
     */
    record Break(Class<? extends Invariant> invariant, Object subject, String how, Consumer<ConsistentSystem> action) {

        @Override
        public String toString() {
            return invariant.getSimpleName() + ": " + how;
        }
    }

    static Stream<Break> breaks() {
        return Stream.of(
                new Break(
                        AcknowledgedOrdersExist.class,
                        CONFIRMED,
                        "an acknowledged order is gone",
                        world -> world.run("orders", "delete from orders where id = '%s'".formatted(CONFIRMED))),
                new Break(
                        AcknowledgedOrdersExist.class,
                        UNPAID,
                        "a client was told of somebody else's order",
                        world -> world.journal.add(answered("k-unanswered", 202, UNPAID))),
                new Break(
                        RefusedRequestsLeaveNothing.class,
                        "k-2",
                        "a request was refused, and its order is there",
                        world -> {
                            world.journal.removeIf(entry -> entry.key().equals("k-2"));
                            world.journal.add(answered("k-2", 422, null));
                        }),
                new Break(
                        RefusedRequestsLeaveNothing.class,
                        "k-refused",
                        "a request was refused, and its answer is kept",
                        world ->
                                world.run("orders", "update idempotency_keys set key = 'k-refused' where key = 'k-1'")),
                new Break(
                        RequestsCreateAtMostOneOrder.class,
                        "k-1",
                        "a repeated request made a second order",
                        world -> world.run(
                                "orders",
                                "update orders set address = '{\"name\": \"k-1\"}' where id = '%s'"
                                        .formatted(SOLD_OUT))),
                new Break(
                        RequestsCreateAtMostOneOrder.class,
                        "k-1",
                        "a repeated request was answered otherwise",
                        world -> world.journal.add(answered("k-1", 202, UNPAID))),
                new Break(
                        OrdersEndOrAreParked.class,
                        CONFIRMED,
                        "a saga stands still",
                        world -> world.run("orders", """
                                update orders set status = 'PENDING' where id = '%1$s';
                                update sagas set phase = 'FORWARD', awaiting = 'CHARGE_PAYMENT', deadline_at = now()
                                 where order_id = '%1$s'""".formatted(CONFIRMED))),
                new Break(
                        OrdersAndSagasAgree.class,
                        UNPAID,
                        "an order has another status than its saga",
                        world -> world.run(
                                "orders", "update orders set status = 'CONFIRMED' where id = '%s'".formatted(UNPAID))),
                new Break(
                        OrdersAndSagasAgree.class,
                        UNPAID,
                        "an order has no saga",
                        world -> world.run("orders", "delete from sagas where order_id = '%s'".formatted(UNPAID))),
                new Break(
                        TimelinesHaveNoGaps.class,
                        CANCELLED,
                        "an entry of a timeline is lost",
                        world -> world.run(
                                "orders",
                                "delete from saga_timeline where seq = 1 and order_id = '%s'".formatted(CANCELLED))),
                new Break(
                        TimelinesRespectCausality.class,
                        CONFIRMED,
                        "a reply is stamped before its command",
                        world -> world.run("orders", """
                                update saga_timeline set kind = 'COMMAND', step = 'CHARGE_PAYMENT', hybrid_time = 5
                                 where seq = 1 and order_id = '%1$s';
                                update saga_timeline
                                   set kind = 'REPLY', step = 'CHARGE_PAYMENT', message = 'ChargeCaptured', hybrid_time = 4
                                 where seq = 2 and order_id = '%1$s'""".formatted(CONFIRMED))),
                new Break(
                        TimelinesRespectCausality.class,
                        UNPAID,
                        "an order ends before the reply that ends it",
                        world -> world.run("orders", """
                                update saga_timeline set kind = 'REPLY', step = 'CHARGE_PAYMENT', hybrid_time = 5
                                 where seq = 1 and order_id = '%1$s';
                                update saga_timeline set kind = 'REJECTED', hybrid_time = 5
                                 where seq = 2 and order_id = '%1$s'""".formatted(UNPAID))),
                new Break(
                        CancellationsAreHonoured.class,
                        CONFIRMED,
                        "an order was confirmed after its cancellation was accepted",
                        world -> world.journal.add(new CancellationAnswered("k-1", Instant.EPOCH, CONFIRMED, 202))),
                new Break(
                        StatesAreKnown.class,
                        UNPAID,
                        "an order has a status of a newer service",
                        world -> world.run("orders", """
                                alter table orders drop constraint orders_status_check;
                                update orders set status = 'ON_THE_MOON' where id = '%s'""".formatted(UNPAID))),
                new Break(
                        StatesAreKnown.class,
                        PARKED,
                        "a reservation has an unknown state",
                        world -> world.run("inventory", """
                                alter table reservations drop constraint reservations_state_check;
                                update reservations set state = 'ON_THE_MOON' where order_id = '%s'""".formatted(PARKED))),
                new Break(
                        StatesAreKnown.class,
                        PARKED,
                        "a payment has an unknown state",
                        world -> world.run("payments", """
                                alter table payments drop constraint payments_state_check;
                                update payments set state = 'ON_THE_MOON' where order_id = '%s'""".formatted(PARKED))),
                new Break(
                        StatesAreKnown.class,
                        CANCELLED,
                        "a shipment has an unknown state",
                        world -> world.run("shipping", """
                                alter table shipments drop constraint shipments_state_check;
                                update shipments set state = 'ON_THE_MOON' where order_id = '%s'""".formatted(CANCELLED))),
                new Break(
                        StatesAreKnown.class,
                        "pay-new",
                        "the book has an unknown status",
                        world -> world.book.add(new BookLine("pay-new", BookLine.Status.UNKNOWN, null, null))),
                new Break(
                        ChargesAreForConfirmedOrders.class,
                        "pay-strange",
                        "the provider has charged for what is no order",
                        world -> world.book.add(
                                new BookLine("pay-strange", BookLine.Status.CHARGED, "no order id", THIRTY))),
                new Break(StockIsConserved.class, "X-1", "a unit is lost", world -> world.run("inventory", """
                                alter table stock drop constraint stock_conserved;
                                update stock set on_hand = on_hand - 1 where sku = 'X-1'""")),
                new Break(
                        StockIsConserved.class,
                        "Y-1",
                        "more is on hand than none",
                        world -> world.run("inventory", """
                                alter table stock drop constraint stock_never_below_zero;
                                update stock set on_hand = -1, shipped = 100 where sku = 'Y-1'""")),
                new Break(
                        StockIsConserved.class,
                        "X-1",
                        "a reservation is not counted",
                        world -> world.run(
                                "inventory",
                                "update stock set reserved = reserved - 2, on_hand = on_hand + 2 where sku = 'X-1'")),
                new Break(
                        StockIsConserved.class,
                        "X-1",
                        "a restock has left no trace",
                        world -> world.run("inventory", "delete from restocks")),
                new Break(
                        CapacityIsRespected.class,
                        "DE 2026-11-24",
                        "a day is overbooked",
                        world -> world.run("shipping", """
                                alter table capacity drop constraint capacity_never_exceeded;
                                update capacity set slots = 1""")),
                new Break(
                        CapacityIsRespected.class,
                        "DE 2026-11-24",
                        "a slot is booked for nobody",
                        world -> world.run("shipping", "update capacity set booked = 3")),
                new Break(
                        ConfirmedOrdersAreFulfilledOnce.class,
                        CONFIRMED,
                        "a line was shipped short",
                        world -> world.run(
                                "inventory",
                                "update reservations set quantity = 1 where sku = 'X-1' and order_id = '%s'"
                                        .formatted(CONFIRMED))),
                new Break(
                        ConfirmedOrdersAreFulfilledOnce.class,
                        CONFIRMED,
                        "stock was released all the same",
                        world -> world.run(
                                "inventory",
                                "update reservations set state = 'RELEASED' where order_id = '%s'"
                                        .formatted(CONFIRMED))),
                new Break(
                        ConfirmedOrdersAreFulfilledOnce.class,
                        CONFIRMED,
                        "it was never paid",
                        world -> world.run(
                                "payments", "delete from payments where order_id = '%s'".formatted(CONFIRMED))),
                new Break(
                        ConfirmedOrdersAreFulfilledOnce.class,
                        CONFIRMED,
                        "it was paid short",
                        world -> world.run(
                                "payments",
                                "update payments set amount = 29.99 where order_id = '%s'".formatted(CONFIRMED))),
                new Break(
                        ConfirmedOrdersAreFulfilledOnce.class,
                        CONFIRMED,
                        "its parcel was cancelled",
                        world -> world.run(
                                "shipping",
                                "update shipments set state = 'CANCELLED' where order_id = '%s'".formatted(CONFIRMED))),
                new Break(
                        CompensatedOrdersKeepNothing.class,
                        UNPAID,
                        "a rejected order keeps its reservation",
                        world -> world.run(
                                "inventory",
                                "update reservations set state = 'RESERVED' where order_id = '%s'".formatted(UNPAID))),
                new Break(
                        CompensatedOrdersKeepNothing.class,
                        CANCELLED,
                        "a cancelled order stays charged",
                        world -> world.run(
                                "payments",
                                "update payments set state = 'CHARGED' where order_id = '%s'".formatted(CANCELLED))),
                new Break(
                        CompensatedOrdersKeepNothing.class,
                        CANCELLED,
                        "a cancelled order keeps its slot",
                        world -> world.run(
                                "shipping",
                                "update shipments set state = 'SCHEDULED' where order_id = '%s'".formatted(CANCELLED))),
                new Break(
                        EffectsHaveAnOrder.class,
                        STRANGER,
                        "stock is reserved for an order that is not there",
                        world -> world.run(
                                "inventory",
                                "update reservations set order_id = '%s' where order_id = '%s'"
                                        .formatted(STRANGER, PARKED))),
                new Break(
                        EffectsHaveAnOrder.class,
                        STRANGER,
                        "money was taken for an order that is not there",
                        world -> world.run("payments", """
                                update payments set order_id = '%1$s' where order_id = '%2$s';
                                update transfers set reference = '%1$s' where reference = '%2$s'""".formatted(STRANGER, PARKED))),
                new Break(
                        EffectsHaveAnOrder.class,
                        STRANGER,
                        "a parcel will leave for an order that is not there",
                        world -> world.run(
                                "shipping",
                                "update shipments set order_id = '%s' where order_id = '%s'"
                                        .formatted(STRANGER, PARKED))),
                new Break(
                        EffectsHaveAnOrder.class,
                        STRANGER,
                        "events were published of an order that is not there",
                        world -> world.published(STRANGER, "OrderPlaced")),
                new Break(
                        LedgerBalances.class,
                        "ada",
                        "a balance has lost a cent",
                        world -> world.run(
                                "payments", "update accounts set balance = 939.99 where customer_id = 'ada'")),
                new Break(
                        LedgerBalances.class,
                        "ledger",
                        "an entry has no counterpart",
                        world -> world.run("payments", """
                                create or replace view ledger_entries as
                                select id, reference, kind, credit_account as account, amount::numeric as amount, currency, posted_at
                                  from transfers""")),
                new Break(
                        NoMoneyRemainsHeld.class,
                        UNPAID,
                        "a hold was not released",
                        world -> world.run("payments", """
                                insert into transfers (reference, kind, debit_account, credit_account, amount, currency)
                                values ('%s', 'HOLD', 'customer:ada', 'held', 30.00, 'EUR')""".formatted(UNPAID))),
                new Break(
                        NoMoneyRemainsHeld.class,
                        UNDELIVERED,
                        "a refund waits for ever",
                        world -> world.run(
                                "payments",
                                "update payments set state = 'REFUNDING', due_at = now() where order_id = '%s'"
                                        .formatted(UNDELIVERED))),
                new Break(
                        LedgerMatchesProvider.class,
                        CONFIRMED,
                        "the provider does not know of a charge",
                        world -> world.book.removeIf(line -> line.key().equals("pay-" + CONFIRMED))),
                new Break(
                        LedgerMatchesProvider.class,
                        UNPAID,
                        "the ledger does not know of a charge",
                        world -> world.book.add(charged("pay-" + UNPAID, UNPAID))),
                new Break(
                        LedgerMatchesProvider.class,
                        "hold-1",
                        "an authorisation was forgotten",
                        world -> world.book.add(
                                new BookLine("hold-1", BookLine.Status.AUTHORIZED, CONFIRMED.toString(), THIRTY))),
                new Break(
                        OrdersAreChargedAtMostOnce.class,
                        CONFIRMED,
                        "a charge was repeated under another key",
                        world -> world.book.add(charged("pay-again", CONFIRMED))),
                new Break(
                        OrdersAreChargedAtMostOnce.class,
                        CONFIRMED,
                        "a capture was posted twice",
                        world -> world.run("payments", """
                                alter table transfers drop constraint transfers_pkey;
                                insert into transfers (reference, kind, debit_account, credit_account, amount, currency)
                                values ('%s', 'CAPTURE', 'held', 'clearing', 30.00, 'EUR')""".formatted(CONFIRMED))),
                new Break(ChargesAreForConfirmedOrders.class, UNDELIVERED, "a rejected order is charged", world -> {
                    world.book.removeIf(line -> line.key().equals("pay-" + UNDELIVERED));
                    world.book.add(charged("pay-" + UNDELIVERED, UNDELIVERED));
                }),
                new Break(
                        ChargesAreForConfirmedOrders.class,
                        "pay-x",
                        "a charge is for no order",
                        world -> world.book.add(charged("pay-x", STRANGER))),
                new Break(
                        EventsMatchOrderStatus.class,
                        CONFIRMED,
                        "an order ends twice",
                        world -> world.facts.get(CONFIRMED).add(new PublishedEvent("another", "OrderConfirmed"))),
                new Break(
                        EventsMatchOrderStatus.class,
                        UNPAID,
                        "an end was never told",
                        world -> world.facts.get(UNPAID).removeLast()),
                new Break(EventsMatchOrderStatus.class, UNPAID, "the wrong end was told", world -> {
                    world.facts.get(UNPAID).removeLast();
                    world.facts.get(UNPAID).add(new PublishedEvent("wrong", "OrderCancelled"));
                }),
                new Break(
                        EventsMatchOrderStatus.class,
                        SOLD_OUT,
                        "events have changed places",
                        world -> world.facts.put(
                                SOLD_OUT, world.facts.get(SOLD_OUT).reversed())),
                new Break(
                        OutboxesAreEmpty.class,
                        "shipping",
                        "a message was never sent",
                        world -> world.run("shipping", """
                                insert into outbox (topic, message_key, headers, body, lamport_time, hybrid_time)
                                values ('order.saga-replies', 'k', '{}', '', 1, 1)""")),
                new Break(
                        RetentionIsBounded.class,
                        "payments",
                        "a handled message is remembered for ever",
                        world -> world.run(
                                "payments",
                                "insert into inbox values (gen_random_uuid(), now() - interval '25 hours')")),
                new Break(
                        RetentionIsBounded.class,
                        "orders",
                        "an answer is remembered for ever",
                        world -> world.run(
                                "orders", "update idempotency_keys set created_at = now() - interval '25 hours'")),
                new Break(
                        DeadLettersArePublished.class,
                        PARKED,
                        "a dead letter is on no topic",
                        world -> world.deadRecords.clear()));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void noticesWhatIsBroken(Break broken) throws Exception {
        try (ConsistentSystem world = new ConsistentSystem()) {
            broken.action().accept(world);
            AuditReport report = Audit.of(world.evidence());
            assertThat(report.violations()).as("violations").anySatisfy(violation -> {
                assertThat(violation.invariant()).isEqualTo(nameOf(broken.invariant()));
                assertThat(violation.subject()).isEqualTo(broken.subject().toString());
            });
            assertThat(report.isClean()).isFalse();
            assertThat(report.toString()).contains(broken.subject().toString());
        }
    }

    /** A prepared transaction is not part of any transaction, so it takes another way to make one. */
    @Test
    void noticesAForgottenPreparedTransaction() throws Exception {
        try (ConsistentSystem elsewhere = new ConsistentSystem()) {
            elsewhere.run("payments", "update accounts set balance = 1; prepare transaction 'forgotten'");
        }
        try (ConsistentSystem world = new ConsistentSystem()) {
            assertThat(Audit.of(world.evidence()).violations()).singleElement().satisfies(violation -> {
                assertThat(violation.invariant()).isEqualTo("no transaction stays prepared");
                assertThat(violation.subject()).isEqualTo("forgotten");
            });
        }
        try (ConsistentSystem world = new ConsistentSystem()) {
            world.runOutsideTransactions("payments", "rollback prepared 'forgotten'");
        }
    }

    @Test
    void findsNothingWhereEverythingIsRight() throws Exception {
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
    void reportsForeignRecordsWithoutTakingThemForViolations() throws Exception {
        try (ConsistentSystem world = new ConsistentSystem()) {
            world.foreignRecords = new ForeignRecords(
                    21, List.of(new ForeignRecord("order.events", 1, 42, "null", "its key is no order id")));
            AuditReport report = Audit.of(world.evidence());
            assertThat(report.isClean()).isTrue();
            assertThat(report.needsNoOperator()).isFalse();
            assertThat(report.toString())
                    .contains(
                            "Foreign record: order.events, partition 1, offset 42, key null: its key is no order id\n",
                            "Foreign records: and 20 more\n");
        }
    }

    @Test
    void escapesAndCutsWhatItPrints() throws Exception {
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
    void aDeadLetterOfALongKeyIsPublishedUnderItsBeginning() throws Exception {
        try (ConsistentSystem world = new ConsistentSystem()) {
            world.run("orders", "update dead_letters set message_key = repeat('k', 50000)");
            world.deadRecords.add(
                    new DeadLetterRecord("order.saga-replies.dlt", "k".repeat(200), null, "cannot be read"));
            assertThat(Audit.of(world.evidence()).violations()).isEmpty();
        }
    }

    @Test
    void whatWasUndoneNeedsNoOrder() throws Exception {
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
    void everyInvariantIsBrokenHere() {
        List<Object> broken = Stream.concat(
                        breaks().<Object>map(Break::invariant), Stream.<Object>of(NoTransactionStaysPrepared.class))
                .distinct()
                .toList();
        List<Object> all =
                Audit.invariants().stream().<Object>map(Object::getClass).toList();
        assertThat(broken).containsExactlyInAnyOrderElementsOf(all);
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
