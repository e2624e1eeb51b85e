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

/** The registry of open streams: wakes up streams when entries are appended, and ends all streams before the web server stops. */
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
                .description("open timeline streams")
                .register(meters);
    }

    /**
     * Streams the entries after the entry with this number until the saga has ended.
     *
     * @throws ProblemException if too many streams are open or the service stops
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
            // stop() may have run before this stream was registered
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
