package io.orderly.contracts;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Samples.Sample;
import io.orderly.contracts.event.InventoryReleased;
import io.orderly.contracts.event.InventoryReserved;
import io.orderly.contracts.event.OrderCancelled;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderParked;
import io.orderly.contracts.event.OrderPlaced;
import io.orderly.contracts.event.OrderRejected;
import io.orderly.contracts.event.OrderResumed;
import io.orderly.contracts.event.PaymentCharged;
import io.orderly.contracts.event.PaymentRefunded;
import io.orderly.contracts.event.ShipmentCancelled;
import io.orderly.contracts.event.ShipmentScheduled;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.payment.RefundPayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Messages of earlier releases can be decoded and have the same meaning. */
class SamplesTest {

    private static final OrderId ORDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000001");
    private static final CustomerId ALICE = new CustomerId("alice");
    private static final Money TOTAL = Money.euros("52.60");
    private static final String PAYMENT = "0199f2c8-7d10-7000-8000-00000000000a";
    private static final String SHIPMENT = "0199f2c8-7e20-7000-8000-00000000000b";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final OrderLine PENCILS = new OrderLine(new Sku("PENCIL-HB"), 3);
    private static final List<OrderLine> LINES = List.of(PENCILS, new OrderLine(new Sku("FIRST-EDITION"), 1));

    private static final Map<String, Message> EXPECTED = Map.ofEntries(
            entry("ReserveInventory", new ReserveInventory(ORDER, LINES)),
            entry("ReleaseInventory", new ReleaseInventory(ORDER)),
            entry("CommitReservation", new CommitReservation(ORDER)),
            entry("ChargePayment", new ChargePayment(ORDER, ALICE, TOTAL)),
            entry("RefundPayment", new RefundPayment(ORDER)),
            entry(
                    "ScheduleShipment",
                    new ScheduleShipment(
                            ORDER, new Address("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB"))),
            entry(
                    "ScheduleShipment.anyScript",
                    new ScheduleShipment(
                            ORDER,
                            new Address(
                                    "山田 太郎 🖋", "Robert'); DROP TABLE shipments;--", "São Paulo", "01310-100", "BR"))),
            entry("CancelShipment", new CancelShipment(ORDER)),
            entry("StockReserved", new StockReserved(ORDER)),
            entry("StockReleased", new StockReleased(ORDER)),
            entry("StockCommitted", new StockCommitted(ORDER)),
            entry("ChargeCaptured", new ChargeCaptured(ORDER, PAYMENT, TOTAL)),
            entry("ChargeReversed", new ChargeReversed(ORDER, TOTAL)),
            entry("ChargeReversed.nothingTaken", new ChargeReversed(ORDER, null)),
            entry("ShipmentBooked", new ShipmentBooked(ORDER, SHIPMENT, DAY)),
            entry("ShipmentWithdrawn", new ShipmentWithdrawn(ORDER)),
            entry(
                    "StepDeclined",
                    new StepDeclined(
                            ORDER,
                            SagaStep.CHARGE_PAYMENT,
                            "INSUFFICIENT_FUNDS",
                            "the account has 10.00 EUR, the order costs 52.60 EUR")),
            entry(
                    "StepRefused",
                    new StepRefused(
                            ORDER,
                            SagaStep.RESERVE_INVENTORY,
                            "ALREADY_COMPENSATED",
                            "RESERVE_INVENTORY came after its compensation")),
            entry(
                    "CommandDeadLettered",
                    new CommandDeadLettered(
                            ORDER,
                            "0199f2c8-7f30-7000-8000-00000000000c",
                            "payment.commands",
                            "Unrecognized token 'charge': expected JSON")),
            entry("OrderPlaced", new OrderPlaced(ORDER, ALICE, LINES, TOTAL)),
            entry("OrderPlaced.unknownFields", new OrderPlaced(ORDER, ALICE, List.of(PENCILS), TOTAL)),
            entry("InventoryReserved", new InventoryReserved(ORDER)),
            entry("PaymentCharged", new PaymentCharged(ORDER, PAYMENT, TOTAL)),
            entry("ShipmentScheduled", new ShipmentScheduled(ORDER, SHIPMENT, DAY)),
            entry("OrderConfirmed", new OrderConfirmed(ORDER)),
            entry("ShipmentCancelled", new ShipmentCancelled(ORDER)),
            entry("PaymentRefunded", new PaymentRefunded(ORDER, TOTAL)),
            entry("PaymentRefunded.nothingTaken", new PaymentRefunded(ORDER, null)),
            entry("InventoryReleased", new InventoryReleased(ORDER)),
            entry("OrderRejected", new OrderRejected(ORDER, "OUT_OF_STOCK", "only 1 of 3 left of PENCIL-HB")),
            entry(
                    "OrderCancelled",
                    new OrderCancelled(ORDER, "CANCELLED_BY_CUSTOMER", "the customer cancelled the order")),
            entry("OrderParked", new OrderParked(ORDER, "COMPENSATION_FAILED", "REFUND_PAYMENT was refused")),
            entry("OrderResumed", new OrderResumed(ORDER)),
            entry("ProductChanged", new ProductChanged(new Sku("PENCIL-HB"), "Pencil HB", Money.euros("1.20"), 7)),
            entry(
                    "ProductChanged.withRevision",
                    new ProductChanged(new Sku("PENCIL-HB"), "Pencil HB", Money.euros("1.20"), 7, 1210L)));

    static List<Sample> samples() {
        return Samples.ALL;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isDecodedToTheExpectedMessage(Sample sample) {
        assertThat(MessageCodec.decode(sample.type().name(), sample.json())).isEqualTo(EXPECTED.get(sample.name()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void satisfiesItsSchema(Sample sample) {
        assertThat(Schemas.errors(sample.type(), new JsonMapper().readTree(sample.json())))
                .isEmpty();
    }

    @Test
    void noSampleIsMissing() {
        assertThat(Samples.ALL).extracting(Sample::name).containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
    }

    @Test
    void everyTypeHasASample() {
        Set<MessageType<?>> sampled = Samples.ALL.stream().map(Sample::type).collect(Collectors.toSet());

        assertThat(sampled).containsExactlyInAnyOrderElementsOf(MessageType.all());
    }
}
