package io.orderly.console.order;

import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Topic;
import java.util.Arrays;
import java.util.Optional;

/** The services between which the messages of an order go. */
public enum Lane {
    ORDER("/order-service"),
    INVENTORY("/inventory-service"),
    PAYMENT("/payment-service"),
    SHIPPING("/shipping-service");

    private final String source;

    Lane(String source) {
        this.source = source;
    }

    /** The participant that executes a step. */
    static Lane of(SagaStep step) {
        return switch (step.forward()) {
            case CHARGE_PAYMENT -> PAYMENT;
            case SCHEDULE_SHIPMENT -> SHIPPING;
            default -> INVENTORY;
        };
    }

    /** The service with this CloudEvents source. */
    static Optional<Lane> ofSource(String source) {
        return Arrays.stream(values())
                .filter(lane -> lane.source.equals(source))
                .findAny();
    }

    /** The service that consumes a topic; the order-service for topics that are not for commands. */
    static Lane consumerOf(String topic) {
        if (topic.equals(Topic.INVENTORY_COMMANDS.topicName())) {
            return INVENTORY;
        }
        if (topic.equals(Topic.PAYMENT_COMMANDS.topicName())) {
            return PAYMENT;
        }
        return topic.equals(Topic.SHIPPING_COMMANDS.topicName()) ? SHIPPING : ORDER;
    }
}
