package io.orderly.console.order;

import io.orderly.clock.HybridTimestamp;
import io.orderly.console.order.TopicRecord.Header;
import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Sku;
import io.orderly.contracts.event.InventoryReleased;
import io.orderly.contracts.event.InventoryReserved;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderPlaced;
import io.orderly.contracts.event.OrderRejected;
import io.orderly.contracts.event.PaymentCharged;
import io.orderly.contracts.event.ShipmentScheduled;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.contracts.shipping.ScheduleShipment;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of the topics as a saga would send them, with clocks that advance by 7 ms per message. */
public final class SampleSaga {

    private static final String ORDER_SERVICE = "/order-service";
    private static final Money TOTAL = Money.euros("2.40");

    private final OrderId order;
    private final List<TopicRecord> records = new ArrayList<>();
    private long millis;
    private long lamport = 1;

    private SampleSaga(String order, Instant begin) {
        this.order = OrderId.of(order);
        this.millis = begin.toEpochMilli();
    }

    /** A saga that is confirmed. */
    public static List<TopicRecord> confirmed(String order, String customer, Instant begin) {
        SampleSaga saga = new SampleSaga(order, begin);
        saga.placeAndReserve(customer);
        saga.order(new ChargePayment(saga.order, CustomerId.of(customer), TOTAL));
        saga.participant("payment", new ChargeCaptured(saga.order, "pay-1", TOTAL));
        saga.order(new PaymentCharged(saga.order, "pay-1", TOTAL));
        saga.order(new ScheduleShipment(saga.order, new Address("Ada", "Lindenstr. 5", "Berlin", "10969", "DE")));
        saga.participant("shipping", new ShipmentBooked(saga.order, "ship-1", LocalDate.of(2026, 12, 1)));
        saga.order(new ShipmentScheduled(saga.order, "ship-1", LocalDate.of(2026, 12, 1)));
        saga.order(new CommitReservation(saga.order));
        saga.participant("inventory", new StockCommitted(saga.order));
        saga.order(new OrderConfirmed(saga.order));
        return saga.records;
    }

    /** A saga whose payment is declined. */
    public static List<TopicRecord> rejected(String order, String customer, Instant begin) {
        SampleSaga saga = new SampleSaga(order, begin);
        saga.placeAndReserve(customer);
        saga.order(new ChargePayment(saga.order, CustomerId.of(customer), TOTAL));
        saga.participant(
                "payment",
                new StepDeclined(
                        saga.order,
                        SagaStep.CHARGE_PAYMENT,
                        "INSUFFICIENT_FUNDS",
                        "The account has 0.00 EUR, and the charge is 2.40 EUR."));
        String cause = saga.lastId();
        saga.send(ORDER_SERVICE, new ReleaseInventory(saga.order), cause);
        saga.participant("inventory", new StockReleased(saga.order));
        saga.order(new InventoryReleased(saga.order));
        saga.order(new OrderRejected(
                saga.order, "INSUFFICIENT_FUNDS", "The account has 0.00 EUR, and the charge is 2.40 EUR."));
        return saga.records;
    }

    private void placeAndReserve(String customer) {
        List<OrderLine> lines = List.of(new OrderLine(new Sku("PENCIL-HB"), 2));
        order(new OrderPlaced(order, CustomerId.of(customer), lines, TOTAL));
        order(new ReserveInventory(order, lines));
        participant("inventory", new StockReserved(order));
        order(new InventoryReserved(order));
    }

    private void order(io.orderly.contracts.Message message) {
        send(ORDER_SERVICE, message, null);
    }

    private void participant(String name, io.orderly.contracts.Message message) {
        send("/" + name + "-service", message, null);
    }

    private String lastId() {
        return records.getLast().headers().stream()
                .filter(header -> header.name().equals(MessageHeaders.ID))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private void send(String source, io.orderly.contracts.Message message, @Nullable String cause) {
        millis += 7;
        lamport++;
        records.add(record(order, source, message, lamport, millis, millis, cause));
    }

    /**
     * A record with a message.
     *
     * @param lamport also the offset, and a part of the id
     * @param wallMillis by the wall clock of the sender
     * @param cause the id of the message that caused it; null if it names none
     */
    public static TopicRecord record(
            OrderId order,
            String source,
            io.orderly.contracts.Message message,
            long lamport,
            long wallMillis,
            long hybridMillis,
            @Nullable String cause) {
        MessageType<?> type = MessageType.of(message);
        List<Header> headers = new ArrayList<>(List.of(
                new Header(MessageHeaders.SPEC_VERSION, "1.0"),
                new Header(MessageHeaders.ID, "%s-%d".formatted(order, lamport)),
                new Header(MessageHeaders.TYPE, type.name()),
                new Header(MessageHeaders.SOURCE, source),
                new Header(MessageHeaders.TIME, Instant.ofEpochMilli(wallMillis).toString()),
                new Header(MessageHeaders.LAMPORT_TIME, Long.toString(lamport)),
                new Header(MessageHeaders.HYBRID_TIME, new HybridTimestamp(hybridMillis, 0).toString())));
        if (cause != null) {
            headers.add(new Header(MessageHeaders.CAUSATION_ID, cause));
        }
        return new TopicRecord(
                type.topic().topicName(),
                0,
                lamport,
                hybridMillis,
                order.toString(),
                List.copyOf(headers),
                MessageCodec.encode(message));
    }

    /** A copy of a record at another offset, as a producer makes it that repeats a request. */
    public static TopicRecord copy(TopicRecord record, long offset) {
        return new TopicRecord(
                record.topic(),
                record.partition(),
                offset,
                record.timestampMillis(),
                record.key(),
                record.headers(),
                record.value());
    }

    /** A record with other parts. */
    public static TopicRecord changed(
            TopicRecord record, long offset, String header, String text, byte @Nullable [] value) {
        List<Header> headers = new ArrayList<>(record.headers());
        headers.removeIf(each -> each.name().equals(header));
        headers.add(new Header(header, text));
        return new TopicRecord(
                record.topic(),
                record.partition(),
                offset,
                record.timestampMillis(),
                record.key(),
                List.copyOf(headers),
                value);
    }
}
