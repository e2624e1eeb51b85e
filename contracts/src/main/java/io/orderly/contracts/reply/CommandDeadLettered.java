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

    public CommandDeadLettered {
        Require.present(orderId, "orderId");
        Require.present(deadLetterId, "deadLetterId");
        Require.present(topic, "topic");
        Require.present(cause, "cause");
    }
}
