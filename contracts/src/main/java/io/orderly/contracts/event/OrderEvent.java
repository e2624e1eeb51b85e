package io.orderly.contracts.event;

import io.orderly.contracts.OrderMessage;

/** A domain event of an order. */
public sealed interface OrderEvent extends OrderMessage
        permits OrderPlaced,
                InventoryReserved,
                PaymentCharged,
                ShipmentScheduled,
                OrderConfirmed,
                ShipmentCancelled,
                PaymentRefunded,
                InventoryReleased,
                OrderRejected,
                OrderCancelled,
                OrderParked,
                OrderResumed {}
