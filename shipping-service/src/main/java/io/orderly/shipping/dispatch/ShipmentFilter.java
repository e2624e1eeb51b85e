package io.orderly.shipping.dispatch;

import io.orderly.contracts.OrderId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Selects shipments of a list.
 *
 * @param state null for all states
 * @param day null for all days
 * @param region null for all regions
 * @param olderThan only shipments of orders older than this one; null for no limit
 */
public record ShipmentFilter(
        Shipment.@Nullable State state,
        @Nullable LocalDate day,
        @Nullable String region,
        @Nullable OrderId olderThan) {}
