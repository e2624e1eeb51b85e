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
 * Collects the messages of a transaction and inserts them just before the commit. That keeps the order: the transaction then
 * holds all its locks, so of two transactions with the same key, the first to commit gets the lower positions.
 */
public final class TransactionalOutbox implements Outbox {

    private static final int MAX_KEY_LENGTH_OF_TRUNCATED_COPY = 1_000;

    private final TransactionBuffer<OutboxRow> rows;
    private final MessageClock clock;
    private final MessageTraces traces;
    private final InstantSource wallClock;
    private final String source;
    private final int maxMessageBytes;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    /** @param dispatch publishes the appended messages */
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
        this.rows = new TransactionBuffer<>(
                unitOfWork,
                added -> {
                    dispatch.beforeCommit(unitOfWork, added);
                    listeners.forEach(listener -> listener.committing(added));
                },
                committed -> {
                    listeners.forEach(listener -> listener.committed(committed));
                    dispatch.afterCommit(committed);
                });
    }

    @Override
    public MessageMetadata append(Message message) {
        return append(message, CurrentMessage.get().map(MessageMetadata::id).orElse(null), traces.currentTraceParent());
    }

    /** As {@link #append(Message)}, with a cause and a trace other than the current ones. */
    public MessageMetadata append(Message message, @Nullable UUID causationId, @Nullable TraceParent traceParent) {
        MessageType<?> type = MessageType.of(message);
        LogicalTimestamp timestamp = clock.next();
        var metadata = new MessageMetadata(
                ids.generate(),
                type.name(),
                source,
                wallClock.instant(),
                timestamp.lamportTime(),
                timestamp.hybridTime(),
                causationId,
                traceParent);
        add(
                type.topic().topicName(),
                message.key(),
                headers(metadata, message.key()),
                MessageCodec.encode(message),
                timestamp);
        return metadata;
    }

    /**
     * Copies a record to another topic, with additional headers. Accepts every record: if the copy would be larger than the
     * broker accepts, it has no body and only the additional headers.
     */
    public void forward(RawMessage raw, String topic, Map<String, String> additionalHeaders) {
        Map<String, String> headers = new LinkedHashMap<>(raw.headers());
        headers.putAll(additionalHeaders);
        String key = raw.key() == null ? "" : raw.key();
        var noTimestamp = new LogicalTimestamp(0, HybridTimestamp.MIN);
        if (sizeOf(key, headers, raw.body()) <= maxMessageBytes) {
            add(topic, key, headers, raw.body(), noTimestamp);
        } else {
            String shortKey = key.substring(0, Math.min(key.length(), MAX_KEY_LENGTH_OF_TRUNCATED_COPY));
            add(topic, shortKey, additionalHeaders, new byte[0], noTimestamp);
        }
    }

    private void add(String topic, String key, Map<String, String> headers, byte[] body, LogicalTimestamp timestamp) {
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
                timestamp.lamportTime(),
                timestamp.hybridTime().toLong())));
    }

    /** An upper bound of the size in bytes, including key and headers: a character has at most three bytes in UTF-8. */
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
