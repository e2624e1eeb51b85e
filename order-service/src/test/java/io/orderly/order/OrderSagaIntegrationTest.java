package io.orderly.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import org.junit.jupiter.api.Test;

class OrderSagaIntegrationTest extends OrderServiceIntegrationTest {

    @Test
    void fulfilsAnOrder() {
        OrderId order = placeOrder("alice");

        awaitStatus(order, "CONFIRMED");
        assertThat(timeline(order))
                .containsExactly(
                        "PLACED",
                        "COMMAND RESERVE_INVENTORY ReserveInventory",
                        "REPLY RESERVE_INVENTORY StockReserved",
                        "COMMAND CHARGE_PAYMENT ChargePayment",
                        "REPLY CHARGE_PAYMENT ChargeCaptured",
                        "COMMAND SCHEDULE_SHIPMENT ScheduleShipment",
                        "REPLY SCHEDULE_SHIPMENT ShipmentBooked",
                        "COMMAND COMMIT_RESERVATION CommitReservation",
                        "REPLY COMMIT_RESERVATION StockCommitted",
                        "CONFIRMED");
        await().untilAsserted(() -> assertThat(events(order))
                .containsExactly(
                        "OrderPlaced", "InventoryReserved", "PaymentCharged", "ShipmentScheduled", "OrderConfirmed"));
    }
}
