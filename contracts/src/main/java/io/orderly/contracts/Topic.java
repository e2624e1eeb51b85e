package io.orderly.contracts;

/** The Kafka topics between the services. */
public enum Topic {
    INVENTORY_COMMANDS("inventory.commands", false),
    PAYMENT_COMMANDS("payment.commands", false),
    SHIPPING_COMMANDS("shipping.commands", false),
    SAGA_REPLIES("order.saga-replies", false),
    ORDER_EVENTS("order.events", false),
    /**
     * The catalogue: the latest record of each SKU is the current product, so the topic is compacted and its records do not
     * expire.
     */
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

    /** The topic for messages of this topic that could not be handled, with the cause in their headers. */
    public String deadLetterTopicName() {
        return deadLetterTopicName(topicName);
    }

    /** As {@link #deadLetterTopicName()}, for any topic name. */
    public static String deadLetterTopicName(String topicName) {
        return topicName + ".dlt";
    }
}
