package io.orderly.lab.conformance;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Printable;
import io.orderly.contracts.Require;
import io.orderly.contracts.UnreadableMessageException;
import io.orderly.contracts.reply.Reply;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A record on the topic of replies, as far as it can be read.
 *
 * @param order the order that it is about; null if it names none
 * @param reply null if it cannot be read
 * @param flaws what the contract does not allow, of its headers, key and body
 */
record Answer(@Nullable OrderId order, @Nullable Reply reply, List<String> flaws) {

    private static final int MAX_QUOTATION_LENGTH = 100;

    /** Checks of the required headers but the type, which has to be known to read the body. They throw if the text is not valid. */
    private static final SequencedMap<String, Consumer<String>> HEADERS = headers();

    private static SequencedMap<String, Consumer<String>> headers() {
        SequencedMap<String, Consumer<String>> headers = new LinkedHashMap<>();
        headers.put(MessageHeaders.SPEC_VERSION, text -> require(text.equals("1.0")));
        headers.put(MessageHeaders.ID, Require::uuid);
        headers.put(MessageHeaders.SOURCE, text -> require(!text.isBlank()));
        headers.put(MessageHeaders.TIME, OffsetDateTime::parse);
        headers.put(MessageHeaders.LAMPORT_TIME, text -> require(text.matches("[0-9]+")));
        headers.put(MessageHeaders.HYBRID_TIME, HybridTimestamp::parse);
        headers.put(MessageHeaders.CONTENT_TYPE, text -> require(text.equals("application/json")));
        return headers;
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException();
        }
    }

    static Answer of(Incoming record) {
        List<String> flaws = new ArrayList<>();
        Reply reply = read(record, flaws);
        if (reply == null) {
            return new Answer(orderOf(record.key()), null, flaws);
        }
        for (Map.Entry<String, Consumer<String>> header : HEADERS.entrySet()) {
            String text = record.headers().get(header.getKey());
            if (text == null) {
                flaws.add("header %s is missing".formatted(header.getKey()));
            } else if (!isValid(text, header.getValue())) {
                flaws.add("header %s is %s".formatted(header.getKey(), Printable.of(text, MAX_QUOTATION_LENGTH)));
            }
        }
        if (!reply.key().equals(record.key())) {
            flaws.add("the key is %s, not the id of the order"
                    .formatted(Printable.of(record.key(), MAX_QUOTATION_LENGTH)));
        }
        return new Answer(reply.orderId(), reply, flaws);
    }

    private static @Nullable Reply read(Incoming record, List<String> flaws) {
        try {
            Message message =
                    MessageCodec.decode(record.headers().getOrDefault(MessageHeaders.TYPE, ""), record.body());
            if (message instanceof Reply reply) {
                return reply;
            }
            flaws.add(message.getClass().getSimpleName() + " is not a reply");
        } catch (UnreadableMessageException e) {
            flaws.add(String.valueOf(e.getMessage()));
        }
        return null;
    }

    private static boolean isValid(String text, Consumer<String> check) {
        try {
            check.accept(text);
            return true;
        } catch (IllegalArgumentException | DateTimeException _) {
            return false;
        }
    }

    /** The order with this id; null if the text is not the id of an order. */
    static @Nullable OrderId orderOf(@Nullable String key) {
        try {
            return key == null ? null : OrderId.of(key);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
