package io.orderly.contracts;

import java.util.Arrays;
import java.util.Optional;

/** The Kafka topics between the services. */
public enum Topic {
    INVENTORY_COMMANDS("inventory.commands", false),
    PAYMENT_COMMANDS("payment.commands", false),
    SHIPPING_COMMANDS("shipping.commands", false),
    SAGA_REPLIES("order.saga-replies", false),
    ORDER_EVENTS("order.events", false),
    /** The catalogue: the latest record of each SKU is the product, so it is compacted and never expires. */
    PRODUCTS("inventory.products", true);

    private final String topicName;
    private final boolean compacted;

    Topic(String topicName, boolean compacted) {
        this.topicName = topicName;
        this.compacted = compacted;
    }

    public String topicName() {
        return topicName;
    }

    public boolean isCompacted() {
        return compacted;
    }

    /** Where messages of this topic go that could not be handled, with the cause in their headers. */
    public String deadLetterTopicName() {
        return deadLetterTopicName(topicName);
    }

    /** As {@link #deadLetterTopicName()}, for a topic of whatever name. */
    public static String deadLetterTopicName(String topicName) {
        return topicName + ".dlt";
    }

    public static Optional<Topic> named(String topicName) {
        return Arrays.stream(values())
                .filter(topic -> topic.topicName.equals(topicName))
                .findFirst();
    }
}
