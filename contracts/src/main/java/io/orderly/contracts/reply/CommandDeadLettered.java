package io.orderly.contracts.reply;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;

/**
 * A command could not be handled and is a dead letter of the participant.
 *
 * @param deadLetterId the id of the dead letter in the participant
 * @param topic the topic of the command
 * @param cause why the command could not be handled
 */
public record CommandDeadLettered(OrderId orderId, String deadLetterId, String topic, String cause) implements Reply {

    /** Maximum length of the name of a Kafka topic, in characters. */
    public static final int MAX_TOPIC_LENGTH = 249;

    public CommandDeadLettered {
        Require.present(orderId, "orderId");
        Require.identifier(deadLetterId, "deadLetterId");
        Require.text(topic, "topic", MAX_TOPIC_LENGTH);
        cause = Require.prose(cause, "cause");
    }
}
