package io.orderly.contracts;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The type of a message: its name on the wire, its record, and its topic.
 *
 * @param name the CloudEvents type, with its version
 */
public record MessageType<M extends Message>(String name, Class<M> record, Topic topic) {

    private static final List<MessageType<?>> ALL = List.of(
            v1(Topic.INVENTORY_COMMANDS, ReserveInventory.class),
            v1(Topic.INVENTORY_COMMANDS, ReleaseInventory.class),
            v1(Topic.INVENTORY_COMMANDS, CommitReservation.class),
            v1(Topic.PAYMENT_COMMANDS, ChargePayment.class),
            v1(Topic.PAYMENT_COMMANDS, RefundPayment.class),
            v1(Topic.SHIPPING_COMMANDS, ScheduleShipment.class),
            v1(Topic.SHIPPING_COMMANDS, CancelShipment.class),
            v1(Topic.SAGA_REPLIES, StockReserved.class),
            v1(Topic.SAGA_REPLIES, StockReleased.class),
            v1(Topic.SAGA_REPLIES, StockCommitted.class),
            v1(Topic.SAGA_REPLIES, ChargeCaptured.class),
            v1(Topic.SAGA_REPLIES, ChargeReversed.class),
            v1(Topic.SAGA_REPLIES, ShipmentBooked.class),
            v1(Topic.SAGA_REPLIES, ShipmentWithdrawn.class),
            v1(Topic.SAGA_REPLIES, StepDeclined.class),
            v1(Topic.SAGA_REPLIES, StepRefused.class),
            v1(Topic.SAGA_REPLIES, CommandDeadLettered.class),
            v1(Topic.ORDER_EVENTS, OrderPlaced.class),
            v1(Topic.ORDER_EVENTS, InventoryReserved.class),
            v1(Topic.ORDER_EVENTS, PaymentCharged.class),
            v1(Topic.ORDER_EVENTS, ShipmentScheduled.class),
            v1(Topic.ORDER_EVENTS, OrderConfirmed.class),
            v1(Topic.ORDER_EVENTS, ShipmentCancelled.class),
            v1(Topic.ORDER_EVENTS, PaymentRefunded.class),
            v1(Topic.ORDER_EVENTS, InventoryReleased.class),
            v1(Topic.ORDER_EVENTS, OrderRejected.class),
            v1(Topic.ORDER_EVENTS, OrderCancelled.class),
            v1(Topic.ORDER_EVENTS, OrderParked.class),
            v1(Topic.ORDER_EVENTS, OrderResumed.class),
            v1(Topic.PRODUCTS, ProductChanged.class));

    private static final Map<String, MessageType<?>> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(MessageType::name, Function.identity()));
    private static final Map<Class<?>, MessageType<?>> BY_RECORD =
            ALL.stream().collect(Collectors.toUnmodifiableMap(MessageType::record, Function.identity()));

    /** All types. */
    public static List<MessageType<?>> all() {
        return ALL;
    }

    /** @return empty if the type is unknown, for example one of a newer version */
    public static Optional<MessageType<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** @throws IllegalArgumentException if the class is not in the table */
    public static MessageType<?> of(Message message) {
        MessageType<?> type = BY_RECORD.get(message.getClass());
        if (type == null) {
            throw new IllegalArgumentException("no message type for " + message.getClass());
        }
        return type;
    }

    private static <M extends Message> MessageType<M> v1(Topic topic, Class<M> record) {
        return new MessageType<>(
                "io.orderly." + topic.topicName() + "." + record.getSimpleName() + ".v1", record, topic);
    }
}
