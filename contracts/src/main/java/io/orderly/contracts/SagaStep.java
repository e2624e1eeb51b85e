package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Optional;

/** The steps of an order's saga: four forward, and a compensation for each of the first three. */
public enum SagaStep {
    RESERVE_INVENTORY,
    CHARGE_PAYMENT,
    SCHEDULE_SHIPMENT,
    COMMIT_RESERVATION,
    CANCEL_SHIPMENT,
    REFUND_PAYMENT,
    RELEASE_INVENTORY;

    // Jackson's own reader of enums would trim
    @JsonCreator
    private static SagaStep fromJson(String name) {
        return valueOf(name);
    }

    /** The forward step that this one undoes, itself if it is a forward step. */
    public SagaStep forward() {
        return switch (this) {
            case CANCEL_SHIPMENT -> SCHEDULE_SHIPMENT;
            case REFUND_PAYMENT -> CHARGE_PAYMENT;
            case RELEASE_INVENTORY -> RESERVE_INVENTORY;
            case RESERVE_INVENTORY, CHARGE_PAYMENT, SCHEDULE_SHIPMENT, COMMIT_RESERVATION -> this;
        };
    }

    /** The step that undoes this forward step; empty for one that is never undone, and for a compensation. */
    public Optional<SagaStep> compensation() {
        return switch (this) {
            case RESERVE_INVENTORY -> Optional.of(RELEASE_INVENTORY);
            case CHARGE_PAYMENT -> Optional.of(REFUND_PAYMENT);
            case SCHEDULE_SHIPMENT -> Optional.of(CANCEL_SHIPMENT);
            case COMMIT_RESERVATION, CANCEL_SHIPMENT, REFUND_PAYMENT, RELEASE_INVENTORY -> Optional.empty();
        };
    }

    public boolean isCompensation() {
        return forward() != this;
    }
}
