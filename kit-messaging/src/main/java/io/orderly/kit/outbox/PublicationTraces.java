package io.orderly.kit.outbox;

import io.orderly.contracts.MessageHeaders;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.messaging.TraceParent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Adds to the trace of a message how long it took from the service to the broker, which includes its wait in the outbox. */
final class PublicationTraces implements PublicationListener {

    private final MessageTraces traces;

    PublicationTraces(MessageTraces traces) {
        this.traces = traces;
    }

    @Override
    public void published(List<OutboxRow> rows) {
        rows.forEach(row -> published(row.topic(), row.headers()));
    }

    /** A copy of a dead letter has the time and the trace of its original, and no span. */
    private void published(String topic, Map<String, String> headers) {
        TraceParent sender = TraceParent.parse(headers.get(MessageHeaders.TRACE_PARENT));
        if (sender != null && sender.isSampled() && !headers.containsKey(MessageHeaders.DEAD_LETTER_TOPIC)) {
            traces.recordSent(topic + " send", sender, Instant.parse(headers.get(MessageHeaders.TIME)));
        }
    }
}
