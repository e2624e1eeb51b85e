package io.orderly.order.process;

import io.orderly.contracts.SagaStep;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The configured deadlines of sagas, which {@link SagaDeadlines} can replace while the service runs, and how they are polled.
 *
 * @param deadline how long to wait for the reply to the first command of a step
 * @param longestDeadline the limit of the wait, which doubles with each further attempt; a longer limit puts less load on an
 *     unavailable participant, but delays the saga more once the participant is available again
 * @param pollInterval the interval between polls for overdue sagas; a deadline may be processed late by this much, and each poll
 *     costs one cheap query
 * @param batchSize the maximum number of overdue sagas per transaction
 */
@Validated
@ConfigurationProperties("orderly.saga")
record SagaProperties(
        @DefaultValue Deadline deadline,
        @DefaultValue("1m") Duration longestDeadline,
        @DefaultValue("250ms") Duration pollInterval,
        @DefaultValue("200") @Min(1) @Max(10_000) int batchSize) {

    /**
     * The deadline of each step. Before the pivot, a shorter deadline rejects more orders while a participant is slow; a longer
     * deadline keeps stock and money reserved longer while a participant is unavailable. After the pivot and in compensation, it is
     * the time until the command is sent a second time.
     */
    record Deadline(
            @DefaultValue("30s") Duration reserveInventory,
            @DefaultValue("60s") Duration chargePayment,
            @DefaultValue("30s") Duration scheduleShipment,
            @DefaultValue("10s") Duration commitReservation,
            @DefaultValue("10s") Duration cancelShipment,
            @DefaultValue("30s") Duration refundPayment,
            @DefaultValue("10s") Duration releaseInventory) {

        Duration of(SagaStep step) {
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
}
