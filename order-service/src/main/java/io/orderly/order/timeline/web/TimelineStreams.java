package io.orderly.order.timeline.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.OrderId;
import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.orderly.order.timeline.TimelineEntriesAppended;
import io.orderly.order.timeline.Timelines;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The open streams: wakes those whose timeline has grown, and ends all of them before the web server goes. */
@Component
class TimelineStreams implements SmartLifecycle {

    private final Timelines timelines;
    private final StreamProperties properties;
    private final Semaphore permits;
    private final Map<OrderId, Set<TimelineStream>> open = new ConcurrentHashMap<>();
    private volatile boolean running;

    TimelineStreams(Timelines timelines, StreamProperties properties, MeterRegistry meters) {
        this.timelines = timelines;
        this.properties = properties;
        this.permits = new Semaphore(properties.maxOpen());
        Gauge.builder("orderly.streams.open", permits, free -> properties.maxOpen() - free.availablePermits())
                .description("timelines that are being streamed")
                .register(meters);
    }

    /**
     * Streams the entries after this one, until the saga has ended.
     *
     * @throws ProblemException if too many streams are open
     */
    SseEmitter open(OrderId order, int after) {
        if (!running || !permits.tryAcquire()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "Too many streams are open. Try again later.");
        }
        var stream = new TimelineStream(order, after, timelines, properties);
        open.compute(order, (_, streams) -> {
            Set<TimelineStream> all = streams == null ? ConcurrentHashMap.newKeySet() : streams;
            all.add(stream);
            return all;
        });
        if (!running) {
            // whoever stops may have looked before this one was there
            stream.end();
        }
        Thread.ofVirtual().name("timeline-stream-" + order).start(() -> {
            try {
                stream.run();
            } finally {
                close(stream);
            }
        });
        return stream.emitter();
    }

    private void close(TimelineStream stream) {
        open.computeIfPresent(stream.order(), (_, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
        permits.release();
    }

    @TransactionalEventListener
    void wakeUp(TimelineEntriesAppended appended) {
        if (!open.isEmpty()) {
            for (OrderId order : appended.orders()) {
                open.getOrDefault(order, Set.of()).forEach(TimelineStream::wakeUp);
            }
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        open.values().forEach(streams -> streams.forEach(TimelineStream::end));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
