package io.orderly.lab.evidence;

import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Require;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.stack.events.HeaderText;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes foreign records from records of the services. Any client of the broker can write to a topic, so a
 * record is evidence only if it is a valid event or dead letter.
 */
final class ForeignRecordCheck {

    private static final String DEAD_LETTERS = Topic.deadLetterTopicName("");

    private ForeignRecordCheck() {}

    static boolean isDeadLetter(String topic) {
        return topic.endsWith(DEAD_LETTERS);
    }

    /** @return the difference from a service's record; empty if a service can have written the record */
    static Optional<String> flawOf(ConsumerRecord<String, byte[]> record) {
        return isDeadLetter(record.topic()) ? flawOfDeadLetter(record) : flawOfEvent(record);
    }

    /**
     * A dead letter can have any content, because it is a copy of a message that could not be handled, but a service
     * always adds the cause.
     */
    private static Optional<String> flawOfDeadLetter(ConsumerRecord<String, byte[]> record) {
        return HeaderText.of(record, MessageHeaders.DEAD_LETTER_CAUSE) == null
                ? Optional.of("has no header " + MessageHeaders.DEAD_LETTER_CAUSE)
                : Optional.empty();
    }

    private static Optional<String> flawOfEvent(ConsumerRecord<String, byte[]> record) {
        String id = HeaderText.of(record, MessageHeaders.ID);
        String type = HeaderText.of(record, MessageHeaders.TYPE);
        if (!isOrderId(record.key())) {
            return Optional.of("its key is not an order id");
        } else if (type == null || type.isEmpty()) {
            return Optional.of("has no header " + MessageHeaders.TYPE);
        } else if (id == null || id.isEmpty() || id.length() > Require.MAX_IDENTIFIER_LENGTH) {
            return Optional.of("has no header " + MessageHeaders.ID + ", or a malformed value");
        }
        return MessageType.named(type).flatMap(known -> flawOfMessage(record, known));
    }

    private static Optional<String> flawOfMessage(ConsumerRecord<String, byte[]> record, MessageType<?> type) {
        if (type.topic() != Topic.ORDER_EVENTS) {
            return Optional.of("is a %s, whose topic is %s"
                    .formatted(type.record().getSimpleName(), type.topic().topicName()));
        } else if (record.value() == null) {
            return Optional.of("has no value");
        }
        try {
            Message message = MessageCodec.decode(type.name(), record.value());
            return message.key().equals(record.key())
                    ? Optional.empty()
                    : Optional.of("is for the order " + message.key() + ", which is not its key");
        } catch (UnreadableMessageException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isOrderId(@Nullable String key) {
        if (key == null) {
            return false;
        }
        try {
            OrderId.of(key);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
