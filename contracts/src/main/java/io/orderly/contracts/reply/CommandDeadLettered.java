package io.orderly.contracts.reply;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/**
 * A command could not be handled and waits among the dead letters of the participant.
 *
 * @param deadLetterId where the participant keeps it
 * @param topic the topic it came from
 * @param cause why it could not be handled
 */
public record CommandDeadLettered(OrderId orderId, String deadLetterId, String topic, String cause) implements Reply {

    /** Longest name that Kafka gives a topic, in characters. */
    public static final int MAX_TOPIC_LENGTH = 249;

    public CommandDeadLettered {
        Require.present(orderId, "orderId");
        Require.identifier(deadLetterId, "deadLetterId");
        Require.text(topic, "topic", MAX_TOPIC_LENGTH);
        cause = Require.prose(cause, "cause");
    }
}
