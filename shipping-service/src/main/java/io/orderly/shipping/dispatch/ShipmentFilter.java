package io.orderly.shipping.dispatch;

import io.orderly.contracts.OrderId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which shipments to list.
 *
 * @param state null for those in any state
 * @param day null for those of all days
 * @param region null for those to all regions
 * @param olderThan null to begin with that of the newest order
 */
public record ShipmentFilter(
        Shipment.@Nullable State state,
        @Nullable LocalDate day,
        @Nullable String region,
        @Nullable OrderId olderThan) {}
