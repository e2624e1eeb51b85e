package io.orderly.console.order;

import io.orderly.clock.HybridTimestamp;
import io.orderly.console.order.TopicRecord.Header;
import io.orderly.contracts.Command;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Topic;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.event.OrderEvent;
import io.orderly.contracts.inventory.ProductChanged;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.StepCompleted;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a record says. There is a message for each record: one of unknown type or with an unreadable body is shown as that.
 *
 * @param position of the record
 * @param identity equal for all copies of a message
 * @param key null if missing
 * @param type its short name, such as {@code ChargePayment}; the whole name if it is unknown, empty if missing
 * @param from the sender
 * @param to the recipient; equal to the sender for events, which are for any reader
 * @param step null unless the message is the command of a step or the reply to it
 * @param outcome null unless it is a reply
 * @param reason null unless it is a code of a reply or an event
 * @param detail null unless it is a sentence of a reply or an event
 * @param problem why the body could not be read; null if it could
 * @param id the CloudEvents id, null if missing
 * @param causationId the id of the message that caused it, null if missing
 * @param wallMillis the wall clock of the sender, or the timestamp of the record if the header is missing or malformed
 * @param lamport null if missing or malformed
 * @param hybrid as text that sorts by time; from {@code wallMillis} if missing or malformed
 * @param headers cut to bounded length
 * @param body the beginning of the body as text, at most {@link #MAX_BODY_CHARACTERS}
 * @param bodyBytes the size of the whole body
 * @param content the message in memory, null if it could not be read
 */
public record Message(
        String position,
        String identity,
        @Nullable String key,
        Kind kind,
        String type,
        Lane from,
        Lane to,
        @Nullable SagaStep step,
        @Nullable Outcome outcome,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable String problem,
        @Nullable String id,
        @Nullable String causationId,
        long wallMillis,
        @Nullable Long lamport,
        String hybrid,
        List<Header> headers,
        String body,
        int bodyBytes,
        io.orderly.contracts.@Nullable Message content) {

    /** Longer bodies are cut. */
    public static final int MAX_BODY_CHARACTERS = 4_096;

    /** Larger bodies are not parsed: no message of the contract has as many bytes. */
    static final int MAX_PARSED_BYTES = 256 << 10;

    private static final int MAX_HEADERS = 30;
    private static final int MAX_HEADER_CHARACTERS = 500;
    private static final int MAX_TEXT = 200;

    /** What a message is for. */
    public enum Kind {
        COMMAND,
        REPLY,
        EVENT,
        /** A state of a product, which is not about an order. */
        PRODUCT,
        /** Of a type that the contract does not have, such as one of a newer version. */
        UNKNOWN
    }

    /** What a reply says about its command. */
    public enum Outcome {
        COMPLETED,
        DECLINED,
        REFUSED,
        DEAD_LETTERED
    }

    /** Reads a record. Never fails. */
    public static Message of(TopicRecord record) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(header -> headers.put(header.name(), header.value()));
        String typeName = headers.getOrDefault(MessageHeaders.TYPE, "");
        byte[] value = record.value();
        io.orderly.contracts.Message content = null;
        String problem = null;
        if (value == null) {
            problem = "has no body";
        } else if (value.length > MAX_PARSED_BYTES) {
            problem = "is too large to be read: %,d bytes".formatted(value.length);
        } else {
            try {
                content = MessageCodec.decode(typeName, value);
            } catch (UnreadableMessageException e) {
                problem = cut(String.valueOf(e.getMessage()), MAX_TEXT);
            }
        }
        boolean known = MessageType.named(typeName).isPresent();
        SagaStep step = stepOf(content);
        Kind kind = known ? kindOf(record.topic()) : Kind.UNKNOWN;
        Lane participant = step == null ? null : Lane.of(step);
        Lane from = Lane.ofSource(headers.getOrDefault(MessageHeaders.SOURCE, ""))
                .orElse(kind == Kind.REPLY && participant != null ? participant : Lane.ORDER);
        long wallMillis = wallMillis(headers.get(MessageHeaders.TIME), record.timestampMillis());
        String id = headers.get(MessageHeaders.ID);
        return new Message(
                record.position(),
                id == null ? record.position() : record.topic() + "/" + cut(id, MAX_TEXT),
                record.key() == null ? null : cut(record.key(), MAX_TEXT),
                kind,
                known ? shortName(typeName) : cut(typeName, MAX_TEXT),
                from,
                Lane.consumerOf(record.topic()),
                step,
                outcomeOf(content),
                reasonOf(content),
                detailOf(content),
                problem,
                id == null ? null : cut(id, MAX_TEXT),
                headers.get(MessageHeaders.CAUSATION_ID),
                wallMillis,
                lamport(headers.get(MessageHeaders.LAMPORT_TIME)),
                hybrid(headers.get(MessageHeaders.HYBRID_TIME), wallMillis),
                record.headers().stream()
                        .limit(MAX_HEADERS)
                        .map(header ->
                                new Header(cut(header.name(), MAX_TEXT), cut(header.value(), MAX_HEADER_CHARACTERS)))
                        .toList(),
                bodyOf(value),
                value == null ? 0 : value.length,
                content);
    }

    /** An estimate of the memory that it occupies, in bytes. */
    int retainedBytes() {
        return 1_000
                + 2 * body.length()
                + headers.stream()
                        .mapToInt(header ->
                                100 + header.name().length() + header.value().length())
                        .sum();
    }

    /** From which service to which it goes, as {@code ORDER>PAYMENT}. */
    public String flow() {
        return from + ">" + to;
    }

    boolean isCompensation() {
        return step != null && step.isCompensation();
    }

    private static @Nullable SagaStep stepOf(io.orderly.contracts.@Nullable Message content) {
        return switch (content) {
            case Command command -> command.step();
            case StepReply reply -> reply.step();
            case null, default -> null;
        };
    }

    private static @Nullable Outcome outcomeOf(io.orderly.contracts.@Nullable Message content) {
        return switch (content) {
            case StepCompleted _ -> Outcome.COMPLETED;
            case StepDeclined _ -> Outcome.DECLINED;
            case StepRefused _ -> Outcome.REFUSED;
            case CommandDeadLettered _ -> Outcome.DEAD_LETTERED;
            case null, default -> null;
        };
    }

    private static @Nullable String reasonOf(io.orderly.contracts.@Nullable Message content) {
        return switch (content) {
            case StepDeclined declined -> declined.reason();
            case StepRefused refused -> refused.reason();
            case CommandDeadLettered _ -> "DEAD_LETTERED";
            case OrderEvent event ->
                OrderStatus.causeOf(event).map(OrderStatus.Cause::reason).orElse(null);
            case null, default -> null;
        };
    }

    private static @Nullable String detailOf(io.orderly.contracts.@Nullable Message content) {
        return switch (content) {
            case StepDeclined declined -> declined.detail();
            case StepRefused refused -> refused.detail();
            case CommandDeadLettered letter -> letter.cause();
            case OrderEvent event ->
                OrderStatus.causeOf(event).map(OrderStatus.Cause::detail).orElse(null);
            case ProductChanged product -> product.name();
            case null, default -> null;
        };
    }

    private static Kind kindOf(String topic) {
        if (topic.equals(Topic.ORDER_EVENTS.topicName())) {
            return Kind.EVENT;
        }
        if (topic.equals(Topic.SAGA_REPLIES.topicName())) {
            return Kind.REPLY;
        }
        return topic.equals(Topic.PRODUCTS.topicName()) ? Kind.PRODUCT : Kind.COMMAND;
    }

    /** The short name of {@code io.orderly.order.events.OrderPlaced.v1} is {@code OrderPlaced}. */
    private static String shortName(String type) {
        String[] parts = type.split("\\.");
        return parts[parts.length - 2];
    }

    private static long wallMillis(@Nullable String time, long otherwise) {
        try {
            return time == null ? otherwise : Instant.parse(time).toEpochMilli();
        } catch (DateTimeException | ArithmeticException malformedOrFarOff) {
            return otherwise;
        }
    }

    private static @Nullable Long lamport(@Nullable String time) {
        try {
            return time == null ? null : Long.valueOf(time);
        } catch (NumberFormatException malformed) {
            return null;
        }
    }

    private static String hybrid(@Nullable String time, long wallMillis) {
        if (time != null) {
            try {
                return HybridTimestamp.parse(time).toString();
            } catch (IllegalArgumentException malformed) {
                // sorted by the wall clock instead
            }
        }
        return new HybridTimestamp(Math.clamp(wallMillis, 0, HybridTimestamp.MAX_PHYSICAL_MILLIS), 0).toString();
    }

    private static String bodyOf(byte @Nullable [] value) {
        if (value == null) {
            return "";
        }
        // a character has at most four bytes
        byte[] start = value.length <= 4 * MAX_BODY_CHARACTERS ? value : Arrays.copyOf(value, 4 * MAX_BODY_CHARACTERS);
        return cut(new String(start, StandardCharsets.UTF_8), MAX_BODY_CHARACTERS);
    }

    private static String cut(String text, int maxCharacters) {
        return text.length() <= maxCharacters ? text : text.substring(0, maxCharacters - 1) + '…';
    }
}
