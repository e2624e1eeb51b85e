package io.orderly.contracts.reply;

/** The step is done, durably. */
public sealed interface StepCompleted extends StepReply
        permits StockReserved,
                StockReleased,
                StockCommitted,
                ChargeCaptured,
                ChargeReversed,
                ShipmentBooked,
                ShipmentWithdrawn {}
