package io.orderly.order.timeline.web;

import io.orderly.contracts.OrderId;
import io.orderly.order.timeline.TimelineEntry;
import io.orderly.order.timeline.Timelines;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends one timeline to one client as server-sent events. The event ids are the numbers of the entries, so a client that reconnects
 * continues after the last received entry. A wake-up only shortens the wait until the next poll: entries are always read from the
 * database.
 */
final class TimelineStream {

    private static final int BATCH = 500;

    private final OrderId order;
    private final Timelines timelines;
    private final StreamProperties properties;
    private final SseEmitter emitter = new SseEmitter(0L);
    private final Semaphore wakeUps = new Semaphore(0);
    private int lastSent;
    private volatile boolean ended;

    TimelineStream(OrderId order, int after, Timelines timelines, StreamProperties properties) {
        this.order = order;
        this.lastSent = after;
        this.timelines = timelines;
        this.properties = properties;
        emitter.onCompletion(this::end);
        emitter.onError(_ -> end());
    }

    OrderId order() {
        return order;
    }

    SseEmitter emitter() {
        return emitter;
    }

    /** Makes the stream poll now, because entries were appended. */
    void wakeUp() {
        wakeUps.release();
    }

    /** Ends the stream, because the client has disconnected or the service stops. */
    void end() {
        ended = true;
        wakeUps.release();
    }

    /** Sends entries until the saga has ended, the client has disconnected, or the stream has reached its maximum age. */
    void run() {
        try {
            long opened = System.nanoTime();
            long lastSentAt = opened;
            while (!ended && System.nanoTime() - opened < properties.maxAge().toNanos()) {
                wakeUps.drainPermits();
                List<TimelineEntry> entries = timelines.after(order, lastSent, BATCH);
                if (sendUntilEnd(entries)) {
                    break;
                }
                if (!entries.isEmpty()) {
                    lastSentAt = System.nanoTime();
                } else if (System.nanoTime() - lastSentAt
                        >= properties.heartbeat().toNanos()) {
                    emitter.send(SseEmitter.event().comment("still here"));
                    lastSentAt = System.nanoTime();
                }
                if (entries.isEmpty()) {
                    boolean _ = wakeUps.tryAcquire(properties.pollInterval().toNanos(), TimeUnit.NANOSECONDS);
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException _) {
            // the client has disconnected; the container completes the request
            ended = true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            // the database is unavailable; the client reconnects and continues after the last received entry
            emitter.completeWithError(e);
        }
    }

    /** @return whether the saga has ended */
    private boolean sendUntilEnd(List<TimelineEntry> entries) throws IOException {
        for (TimelineEntry entry : entries) {
            emitter.send(SseEmitter.event()
                    .id(Integer.toString(entry.seq()))
                    .name(entry.kind().name())
                    .data(EntryView.of(entry), MediaType.APPLICATION_JSON));
            lastSent = entry.seq();
            if (entry.kind().isEnd()) {
                return true;
            }
        }
        return false;
    }
}
