package io.orderly.kit.messaging;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.orderly.contracts.MessageHeaders;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Propagates W3C trace context in messages: everything that a message causes belongs to its trace. */
public final class MessageTraces {

    private final Tracer tracer;
    private final Propagator propagator;

    public MessageTraces(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** The trace context for a message that is sent now; null if there is none. */
    public @Nullable TraceParent currentTraceParent() {
        TraceContext context = tracer.currentTraceContext().context();
        if (context != null) {
            Map<String, String> carrier = new HashMap<>();
            propagator.inject(context, carrier, (headers, name, value) -> headers.put(name, value));
            TraceParent traceParent = TraceParent.parse(carrier.get(MessageHeaders.TRACE_PARENT));
            if (traceParent != null) {
                return traceParent;
            }
        }
        return CurrentMessage.get().map(MessageMetadata::traceParent).orElse(null);
    }

    /** Runs the work in a new span of the trace; null begins a new trace. */
    public void inSpan(String name, @Nullable TraceParent traceParent, Runnable work) {
        Map<String, String> carrier =
                traceParent == null ? Map.of() : Map.of(MessageHeaders.TRACE_PARENT, traceParent.toHeader());
        Span span = propagator
                .extract(carrier, (headers, header) -> headers.get(header))
                .kind(Span.Kind.CONSUMER)
                .name(name)
                .start();
        try (var _ = tracer.withSpan(span)) {
            work.run();
        } catch (RuntimeException e) {
            span.error(e);
            throw e;
        } finally {
            span.end();
        }
    }
}
