package io.orderly.contracts.reply;

import io.orderly.contracts.SagaStep;

/** The step is done, durably. */
public sealed interface StepCompleted extends Reply
        permits StockReserved,
                StockReleased,
                StockCommitted,
                ChargeCaptured,
                ChargeReversed,
                ShipmentBooked,
                ShipmentWithdrawn {

    SagaStep step();
}
