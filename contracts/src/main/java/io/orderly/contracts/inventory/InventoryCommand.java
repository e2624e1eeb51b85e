package io.orderly.contracts.inventory;

import io.orderly.contracts.Command;

/** A command to the inventory-service. */
public sealed interface InventoryCommand extends Command
        permits ReserveInventory, ReleaseInventory, CommitReservation {}
