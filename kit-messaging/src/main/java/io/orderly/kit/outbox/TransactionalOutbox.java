package io.orderly.kit.outbox;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.Message;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.MessageType;
import io.orderly.kit.messaging.CurrentMessage;
import io.orderly.kit.messaging.LogicalTimestamp;
import io.orderly.kit.messaging.MessageClock;
import io.orderly.kit.messaging.MessageMetadata;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.messaging.RawMessage;
import io.orderly.kit.messaging.TraceParent;
import io.orderly.kit.unitofwork.TransactionBuffer;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects the messages of a transaction and writes them with the last statement before it commits. Writing last is what
 * keeps the order: by then the transaction holds every lock it decided under, so of two that contend for one key the first
 * to commit has the lower positions.
 */
public final class TransactionalOutbox implements Outbox {

    private static final int LONGEST_KEY_OF_A_STUB = 1_000;

    private final TransactionBuffer<OutboxRow> rows;
    private final MessageClock clock;
    private final MessageTraces traces;
    private final InstantSource wallClock;
    private final String source;
    private final int maxMessageBytes;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    /** @param dispatch the way out for what is appended */
    public TransactionalOutbox(
            UnitOfWork unitOfWork,
            MessageDispatcher dispatch,
            MessageClock clock,
            MessageTraces traces,
            InstantSource wallClock,
            String serviceName,
            int maxMessageBytes,
            List<PublicationListener> listeners) {
        this.clock = clock;
        this.traces = traces;
        this.wallClock = wallClock;
        this.source = "/" + serviceName;
        this.maxMessageBytes = maxMessageBytes;
        this.rows =
                new TransactionBuffer<>(unitOfWork, added -> dispatch.beforeCommit(unitOfWork, added), committed -> {
                    listeners.forEach(listener -> listener.committed(committed));
                    dispatch.afterCommit(committed);
                });
    }

    @Override
    public MessageMetadata append(Message message) {
        return append(message, CurrentMessage.get().map(MessageMetadata::id).orElse(null), traces.currentTraceParent());
    }

    /** As {@link #append(Message)}, for what was caused earlier than now: with that cause and in its trace. */
    public MessageMetadata append(Message message, @Nullable UUID causationId, @Nullable TraceParent traceParent) {
        MessageType<?> type = MessageType.of(message);
        LogicalTimestamp stamp = clock.next();
        var metadata = new MessageMetadata(
                ids.generate(),
                type.name(),
                source,
                wallClock.instant(),
                stamp.lamportTime(),
                stamp.hybridTime(),
                causationId,
                traceParent);
        add(
                type.topic().topicName(),
                message.key(),
                headers(metadata, message.key()),
                MessageCodec.encode(message),
                stamp);
        return metadata;
    }

    /**
     * Copies a record to another topic, with these headers on top of its own. Never fails for what the record holds: a copy
     * that the broker would not take goes without body and without the record's own headers.
     */
    public void forward(RawMessage raw, String topic, Map<String, String> moreHeaders) {
        Map<String, String> headers = new LinkedHashMap<>(raw.headers());
        headers.putAll(moreHeaders);
        String key = raw.key() == null ? "" : raw.key();
        var unstamped = new LogicalTimestamp(0, HybridTimestamp.MIN);
        if (sizeOf(key, headers, raw.body()) <= maxMessageBytes) {
            add(topic, key, headers, raw.body(), unstamped);
        } else {
            String shortKey = key.substring(0, Math.min(key.length(), LONGEST_KEY_OF_A_STUB));
            add(topic, shortKey, moreHeaders, new byte[0], unstamped);
        }
    }

    private void add(String topic, String key, Map<String, String> headers, byte[] body, LogicalTimestamp stamp) {
        int size = sizeOf(key, headers, body);
        if (size > maxMessageBytes) {
            throw new MessageTooLargeException(
                    headers.getOrDefault(MessageHeaders.TYPE, "message"), size, maxMessageBytes);
        }
        rows.add(List.of(new OutboxRow(
                0,
                topic,
                key,
                headers,
                body,
                stamp.lamportTime(),
                stamp.hybridTime().toLong())));
    }

    /** At most so many bytes, with all that the broker counts: a character has three in UTF-8 at the most. */
    private static int sizeOf(String key, Map<String, String> headers, byte[] body) {
        int characters = key.length();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            characters += header.getKey().length() + header.getValue().length();
        }
        return body.length + 3 * characters;
    }

    private static Map<String, String> headers(MessageMetadata metadata, String key) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(MessageHeaders.SPEC_VERSION, "1.0");
        headers.put(MessageHeaders.ID, metadata.id().toString());
        headers.put(MessageHeaders.TYPE, metadata.type());
        headers.put(MessageHeaders.SOURCE, metadata.source());
        headers.put(MessageHeaders.TIME, metadata.time().toString());
        headers.put(MessageHeaders.SUBJECT, key);
        headers.put(MessageHeaders.LAMPORT_TIME, Long.toString(metadata.lamportTime()));
        headers.put(MessageHeaders.HYBRID_TIME, metadata.hybridTime().toString());
        headers.put(MessageHeaders.CONTENT_TYPE, "application/json");
        if (metadata.causationId() != null) {
            headers.put(MessageHeaders.CAUSATION_ID, metadata.causationId().toString());
        }
        TraceParent traceParent = metadata.traceParent();
        if (traceParent != null) {
            headers.put(MessageHeaders.TRACE_PARENT, traceParent.toHeader());
        }
        return headers;
    }
}
