package io.orderly.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;

/** The steps of an order's saga: four forward, and a compensation for each of the first three. */
public enum SagaStep {
    RESERVE_INVENTORY,
    CHARGE_PAYMENT,
    SCHEDULE_SHIPMENT,
    COMMIT_RESERVATION,
    CANCEL_SHIPMENT,
    REFUND_PAYMENT,
    RELEASE_INVENTORY;

    // Jackson's enum deserializer would trim
    @JsonCreator
    private static SagaStep fromJson(String name) {
        return valueOf(name);
    }

    /** The forward step that this compensation undoes; the step itself if it is a forward step. */
    public SagaStep forward() {
        return switch (this) {
            case CANCEL_SHIPMENT -> SCHEDULE_SHIPMENT;
            case REFUND_PAYMENT -> CHARGE_PAYMENT;
            case RELEASE_INVENTORY -> RESERVE_INVENTORY;
            case RESERVE_INVENTORY, CHARGE_PAYMENT, SCHEDULE_SHIPMENT, COMMIT_RESERVATION -> this;
        };
    }

    public boolean isCompensation() {
        return forward() != this;
    }
}
