package io.orderly.order.process;

import io.orderly.contracts.SagaStep;
import io.orderly.order.saga.Deadlines;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How patient sagas are.
 *
 * @param deadline how long the reply to a step's first command is awaited
 * @param longestDeadline the limit up to which each further attempt waits twice as long as the one before; longer is kinder
 *     to a participant that is away, and slower to go on when it is back
 * @param pollInterval how often overdue sagas are looked for; a deadline may be noticed that much late, and each look costs
 *     one cheap query
 * @param batchSize how many overdue sagas one transaction takes on
 */
@Validated
@ConfigurationProperties("orderly.saga")
record SagaProperties(
        @DefaultValue Deadline deadline,
        @DefaultValue("1m") Duration longestDeadline,
        @DefaultValue("250ms") Duration pollInterval,
        @DefaultValue("200") @Min(1) @Max(10_000) int batchSize) {

    /**
     * One time per step. Before the pivot, a shorter one rejects more orders while a participant is slow, and a longer one
     * holds stock and money longer while it is away. After the pivot and on the way back, it is the time until the first
     * repetition.
     */
    record Deadline(
            @DefaultValue("30s") Duration reserveInventory,
            @DefaultValue("60s") Duration chargePayment,
            @DefaultValue("30s") Duration scheduleShipment,
            @DefaultValue("10s") Duration commitReservation,
            @DefaultValue("10s") Duration cancelShipment,
            @DefaultValue("30s") Duration refundPayment,
            @DefaultValue("10s") Duration releaseInventory) {

        private Duration of(SagaStep step) {
            return switch (step) {
                case RESERVE_INVENTORY -> reserveInventory;
                case CHARGE_PAYMENT -> chargePayment;
                case SCHEDULE_SHIPMENT -> scheduleShipment;
                case COMMIT_RESERVATION -> commitReservation;
                case CANCEL_SHIPMENT -> cancelShipment;
                case REFUND_PAYMENT -> refundPayment;
                case RELEASE_INVENTORY -> releaseInventory;
            };
        }
    }

    Deadlines deadlines() {
        Map<SagaStep, Duration> first = new EnumMap<>(SagaStep.class);
        for (SagaStep step : SagaStep.values()) {
            first.put(step, deadline.of(step));
        }
        return new Deadlines(first, longestDeadline);
    }
}
