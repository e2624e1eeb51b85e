package io.orderly.contracts.reply;

/** The step was executed and committed. */
public sealed interface StepCompleted extends StepReply
        permits StockReserved,
                StockReleased,
                StockCommitted,
                ChargeCaptured,
                ChargeReversed,
                ShipmentBooked,
                ShipmentWithdrawn {}
