package io.orderly.console.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.order.Message.Kind;
import io.orderly.console.order.Message.Outcome;
import io.orderly.console.order.OrderView.MessageView;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.SagaStep;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class OrdersTest {

    private static final Instant BEGIN = Instant.parse("2026-11-30T12:00:00Z");
    private static final String ID = "01936f00-0000-7000-8000-000000000001";

    private final Orders orders = new Orders(500, 32 << 20);

    @Test
    void showsTheStepsOfAConfirmedOrderBetweenItsLanes() {
        add(SampleSaga.confirmed(ID, "ada", BEGIN));

        OrderView view = view();
        assertThat(view.summary().status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(view.summary().customer()).isEqualTo("ada");
        assertThat(view.summary().total()).isEqualTo("2.40 EUR");
        assertThat(view.summary().compensating()).isFalse();
        assertThat(view.lines()).singleElement().hasToString("OrderLine[sku=PENCIL-HB, quantity=2]");
        assertThat(view.messages())
                .extracting(
                        message -> message.kind() + " " + message.from() + ">" + message.to() + " " + message.type())
                .startsWith(
                        "EVENT ORDER>ORDER OrderPlaced",
                        "COMMAND ORDER>INVENTORY ReserveInventory",
                        "REPLY INVENTORY>ORDER StockReserved",
                        "EVENT ORDER>ORDER InventoryReserved",
                        "COMMAND ORDER>PAYMENT ChargePayment",
                        "REPLY PAYMENT>ORDER ChargeCaptured")
                .endsWith("REPLY INVENTORY>ORDER StockCommitted", "EVENT ORDER>ORDER OrderConfirmed");
        assertThat(view.messages())
                .filteredOn(MessageView::pivot)
                .extracting(MessageView::type)
                .containsExactly("ShipmentScheduled");
    }

    @Test
    void remembersHowAnOrderCameToItsState() {
        add(SampleSaga.rejected(ID, "broke", BEGIN));

        OrderTrack track = orders.tracks().getFirst();
        assertThat(track.customer()).isEqualTo("broke");
        assertThat(track.changes())
                .extracting(change ->
                        "%s %s %s %s".formatted(change.type(), change.flow(), change.status(), change.compensating()))
                .startsWith("OrderPlaced ORDER>ORDER PENDING false", "ReserveInventory ORDER>INVENTORY PENDING false")
                .contains("ReleaseInventory ORDER>INVENTORY PENDING true")
                .endsWith("OrderRejected ORDER>ORDER REJECTED true");
        assertThat(track.changes().getLast().reason()).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(track.changes().getFirst().atMillis())
                .isEqualTo(BEGIN.plusMillis(7).toEpochMilli());
    }

    @Test
    void saysWhatACompensationIsFor() {
        add(SampleSaga.rejected(ID, "broke", BEGIN));

        OrderView view = view();
        assertThat(view.summary().status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(view.summary().reason()).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(view.messages()).noneMatch(MessageView::pivot);
        assertThat(view.messages())
                .filteredOn(message -> message.cause() != null)
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.step()).isEqualTo(SagaStep.RELEASE_INVENTORY);
                    assertThat(message.cause()).startsWith("INSUFFICIENT_FUNDS: The account has 0.00 EUR");
                });
        assertThat(view.messages())
                .filteredOn(message -> message.outcome() == Outcome.DECLINED)
                .singleElement()
                .extracting(MessageView::step)
                .isEqualTo(SagaStep.CHARGE_PAYMENT);
    }

    @Test
    void countsCopiesAndAttempts() {
        List<TopicRecord> saga = SampleSaga.confirmed(ID, "ada", BEGIN);
        add(saga);
        TopicRecord charge = saga.get(4);
        add(List.of(
                charge, // the same record again is no copy
                SampleSaga.copy(charge, 900),
                SampleSaga.changed(charge, 901, MessageHeaders.ID, "another id", charge.value())));

        assertThat(view().messages())
                .filteredOn(message -> message.type().equals("ChargePayment"))
                .extracting(message -> message.attempt() + "/" + message.copies())
                .containsExactlyInAnyOrder("1/2", "2/1");
    }

    @Test
    void doesNotDependOnTheOrderOfArrival(TestReporter reporter) {
        long seed = new Random().nextLong();
        reporter.publishEntry("seed", Long.toString(seed));
        Random random = new Random(seed);
        List<TopicRecord> saga = SampleSaga.rejected(ID, "broke", BEGIN);
        add(saga);
        List<?> expected = shape(view());
        for (int i = 0; i < 50; i++) {
            List<TopicRecord> shuffled = new ArrayList<>(saga);
            shuffled.add(SampleSaga.copy(saga.get(random.nextInt(saga.size())), 1_000));
            Collections.shuffle(shuffled, random);
            Orders other = new Orders(500, 32 << 20);
            shuffled.forEach(record -> other.add(Message.of(record)));
            OrderView view = other.order(ID).orElseThrow();
            assertThat(shape(view)).as("seed " + seed).isEqualTo(expected);
            assertThat(view.summary()).as("seed " + seed).isEqualTo(view().summary());
        }
    }

    private static List<?> shape(OrderView view) {
        return view.messages().stream()
                .map(message -> List.of(message.type(), String.valueOf(message.cause()), message.attempt()))
                .toList();
    }

    @Test
    void aFinalStatusDoesNotChangeByALateEvent() {
        List<TopicRecord> saga = SampleSaga.confirmed(ID, "ada", BEGIN);
        add(saga);
        TopicRecord late = SampleSaga.rejected(ID, "ada", BEGIN.plusSeconds(60)).getLast();
        add(List.of(SampleSaga.changed(late, 950, MessageHeaders.ID, "late", late.value())));

        assertThat(view().summary().status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(view().summary().reason()).isNull();
    }

    @Test
    void showsWhatItCannotReadAsThat() {
        List<TopicRecord> saga = SampleSaga.confirmed(ID, "ada", BEGIN);
        TopicRecord charge = saga.get(4);
        add(saga);
        add(List.of(
                SampleSaga.changed(charge, 960, MessageHeaders.ID, "a", "{broken".getBytes(StandardCharsets.UTF_8)),
                SampleSaga.changed(charge, 961, MessageHeaders.ID, "b", null)));
        TopicRecord unknown =
                SampleSaga.changed(charge, 962, MessageHeaders.TYPE, "com.example.New.v7", charge.value());
        add(List.of(SampleSaga.changed(unknown, 962, MessageHeaders.ID, "c", charge.value())));

        assertThat(view().summary().status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(view().messages())
                .filteredOn(message -> message.problem() != null)
                .extracting(message -> message.kind() + " " + message.type())
                .containsExactlyInAnyOrder(
                        "COMMAND ChargePayment", "COMMAND ChargePayment", "UNKNOWN com.example.New.v7");
        assertThat(view().messages())
                .filteredOn(message -> message.kind() == Kind.UNKNOWN)
                .singleElement()
                .extracting(MessageView::to)
                .isEqualTo(Lane.PAYMENT);
    }

    @Test
    void keepsMessagesWithoutAnOrderApart() {
        TopicRecord record = SampleSaga.confirmed(ID, "ada", BEGIN).getFirst();
        for (String key : new String[] {null, "", "no uuid", ID.toUpperCase(Locale.ROOT) + "A"}) {
            orders.add(Message.of(new TopicRecord(record.topic(), 0, 1, 0, key, record.headers(), record.value())));
        }
        IntStream.range(0, 100)
                .forEach(i -> orders.add(
                        Message.of(new TopicRecord("inventory.products", 0, i, 0, "SKU", List.of(), new byte[0]))));

        assertThat(orders.newest(10)).isEmpty();
        assertThat(orders.strays()).hasSize(50);
        assertThat(orders.strays().getFirst().position()).isEqualTo("inventory.products-0@99");
    }

    @Test
    void forgetsTheOrdersThatWereUsedLongestAgo() {
        Orders few = new Orders(3, 32 << 20);
        for (int i = 1; i <= 5; i++) {
            SampleSaga.confirmed(id(i), "ada", BEGIN.plusSeconds(i)).forEach(record -> few.add(Message.of(record)));
            few.order(id(1)); // a page shows it
        }
        assertThat(few.newest(10)).extracting(OrderSummary::id).containsExactly(id(5), id(4), id(1));
        assertThat(few.forgotten()).isEqualTo(2);
    }

    @Test
    void limitsTheMemoryOfLargeMessages() {
        Orders small = new Orders(500, 1 << 20);
        for (int i = 1; i <= 300; i++) {
            TopicRecord placed = SampleSaga.confirmed(id(i), "ada", BEGIN).getFirst();
            small.add(Message.of(SampleSaga.changed(placed, i, MessageHeaders.ID, "x", new byte[1 << 20])));
        }
        assertThat(small.newest(500)).hasSizeBetween(50, 150);
        assertThat(small.newest(1)).singleElement().extracting(OrderSummary::id).isEqualTo(id(300));
    }

    @Test
    void limitsTheMessagesOfAnOrder() {
        TopicRecord placed = SampleSaga.confirmed(ID, "ada", BEGIN).getFirst();
        for (int i = 0; i < 250; i++) {
            orders.add(Message.of(SampleSaga.changed(placed, i, MessageHeaders.ID, "id" + i, placed.value())));
        }
        assertThat(view().messages()).hasSize(100);
        assertThat(view().dropped()).isEqualTo(150);
    }

    private void add(List<TopicRecord> records) {
        records.forEach(record -> orders.add(Message.of(record)));
    }

    private OrderView view() {
        return orders.order(ID).orElseThrow();
    }

    private static String id(int number) {
        return "01936f00-0000-7000-8000-%012d".formatted(number);
    }
}
