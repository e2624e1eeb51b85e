package io.orderly.kit.messaging;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.orderly.contracts.MessageHeaders;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Propagates W3C trace context in messages: everything that a message causes belongs to its trace. A span that begins within a span of another
 * trace, such as that of a batch or of an operator's request, links to it.
 */
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

    /** Runs the work in a new span of the trace. If it is null, the span is a child of the current one, or begins a new trace. */
    public void inSpan(String name, @Nullable TraceParent traceParent, Runnable work) {
        inSpan(name, traceParent, () -> {
            work.run();
            return true;
        });
    }

    /** As {@link #inSpan(String, TraceParent, Runnable)}, with a result. */
    public <T> T inSpan(String name, @Nullable TraceParent traceParent, Supplier<T> work) {
        return run(childOf(traceParent).kind(Span.Kind.CONSUMER).name(name), work);
    }

    /**
     * Runs work that several messages have in common. It is in none of their traces: its span begins a trace of its own, and links to the spans that
     * sent the messages. If none of these is recorded, there is no span.
     */
    public void inSharedSpan(String name, Collection<TraceParent> messages, Runnable work) {
        List<TraceParent> recorded =
                messages.stream().filter(TraceParent::isSampled).toList();
        if (recorded.isEmpty()) {
            work.run();
            return;
        }
        Span.Builder span =
                tracer.spanBuilder().setNoParent().kind(Span.Kind.CONSUMER).name(name);
        recorded.forEach(each -> span.addLink(new Link(contextOf(each))));
        run(span, () -> {
            work.run();
            return true;
        });
    }

    /** Adds a span that ends now, of a message on its way to the broker. */
    public void recordSent(String name, TraceParent traceParent, Instant start) {
        childOf(traceParent)
                .kind(Span.Kind.PRODUCER)
                .name(name)
                .startTimestamp(
                        TimeUnit.SECONDS.toNanos(start.getEpochSecond()) + start.getNano(), TimeUnit.NANOSECONDS)
                .start()
                .end();
    }

    private Span.Builder childOf(@Nullable TraceParent traceParent) {
        if (traceParent == null) {
            return tracer.spanBuilder();
        }
        Span.Builder child = propagator.extract(
                Map.of(MessageHeaders.TRACE_PARENT, traceParent.toHeader()), (headers, header) -> headers.get(header));
        TraceContext around = tracer.currentTraceContext().context();
        if (around != null && !around.traceId().equals(traceParent.traceId())) {
            child.addLink(new Link(around));
        }
        return child;
    }

    private TraceContext contextOf(TraceParent traceParent) {
        return tracer.traceContextBuilder()
                .traceId(traceParent.traceId())
                .spanId(traceParent.parentId())
                .sampled(traceParent.isSampled())
                .build();
    }

    private <T> T run(Span.Builder builder, Supplier<T> work) {
        Span span = builder.start();
        try (var _ = tracer.withSpan(span)) {
            return work.get();
        } catch (RuntimeException e) {
            span.error(e);
            throw e;
        } finally {
            span.end();
        }
    }
}
