package io.orderly.contracts.shipping;

import io.orderly.contracts.Command;

/** A command to the shipping-service. */
public sealed interface ShippingCommand extends Command permits ScheduleShipment, CancelShipment {}
