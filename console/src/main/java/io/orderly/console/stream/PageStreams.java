package io.orderly.console.stream;

import io.orderly.console.order.OrderSummary;
import io.orderly.console.system.SystemView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The open streams of pages. A thread cuts ten frames per second; each stream has a thread that sends what its page has not got yet, so a slow page
 * delays no other, and what produces events waits for none. A page that does not read is disconnected by the time limit of the web server for
 * writing.
 */
public final class PageStreams implements AutoCloseable {

    /** The least time between two frames of a page. */
    static final Duration FRAME_INTERVAL = Duration.ofMillis(100);

    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition cut = lock.newCondition();
    private final Frames frames;
    private final Duration heartbeat;
    private final Semaphore permits;
    private final int maxOpen;
    private volatile boolean stopped;

    /**
     * @param maxOrdersPerSecond of more new orders, the first ones are in the stream
     * @param maxOpen how many streams may be open
     * @param heartbeat after how long a page gets a sign of life if nothing happens
     * @param newestOrders the orders that a page shows first. Called while a lock is held
     */
    public PageStreams(
            int maxOrdersPerSecond, int maxOpen, Duration heartbeat, Supplier<List<OrderSummary>> newestOrders) {
        this.frames = new Frames(maxOrdersPerSecond, newestOrders);
        this.maxOpen = maxOpen;
        this.heartbeat = heartbeat;
        this.permits = new Semaphore(maxOpen);
    }

    public void start() {
        Thread.ofVirtual().name("frames").start(this::cutFrames);
    }

    /** How many streams are open. */
    public int openStreams() {
        return maxOpen - permits.availablePermits();
    }

    /** A message of an order was read. */
    public void changed(OrderSummary order, String flow) {
        lock.lock();
        try {
            frames.changed(order, flow, System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    public void changed(SystemView system) {
        lock.lock();
        try {
            frames.changed(system);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens a stream.
     *
     * @param lastEventId of the last event that the page has got; empty if none
     * @return empty if too many streams are open
     */
    public Optional<SseEmitter> open(String lastEventId) {
        if (!permits.tryAcquire()) {
            return Optional.empty();
        }
        SseEmitter emitter = new SseEmitter(0L);
        Thread.ofVirtual().name("page").start(() -> {
            try {
                send(emitter, StreamPosition.inRun(run, lastEventId));
            } finally {
                permits.release();
            }
        });
        return Optional.of(emitter);
    }

    private void send(SseEmitter emitter, OptionalLong lastPosition) {
        try {
            long position;
            if (lastPosition.isPresent()) {
                position = lastPosition.getAsLong();
                emitter.send(SseEmitter.event().comment("resumed"));
            } else {
                position = send(emitter, snapshot());
            }
            while (!stopped) {
                TimeUnit.NANOSECONDS.sleep(FRAME_INTERVAL.toNanos());
                Optional<Frame> next = await(position);
                if (next.isPresent()) {
                    position = send(emitter, next.get());
                } else {
                    emitter.send(SseEmitter.event().comment("still here"));
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException _) {
            // the page has gone, or does not read; the container completes the request
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            emitter.complete();
        }
    }

    /** @return the position after the frame */
    private long send(SseEmitter emitter, Frame frame) throws IOException {
        emitter.send(SseEmitter.event()
                .id(new StreamPosition(run, frame.position()).toString())
                .name("frame")
                .reconnectTime(RECONNECT.toMillis())
                .data(frame, MediaType.APPLICATION_JSON));
        return frame.position();
    }

    private Frame snapshot() {
        lock.lock();
        try {
            return frames.snapshot();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for what follows a position.
     *
     * @return empty if nothing happened in the time of a heartbeat, or the console stops
     */
    private Optional<Frame> await(long position) throws InterruptedException {
        long nanos = heartbeat.toNanos();
        lock.lock();
        try {
            Optional<Frame> next = frames.next(position);
            while (next.isEmpty() && nanos > 0 && !stopped) {
                nanos = cut.awaitNanos(nanos);
                next = frames.next(position);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void cutFrames() {
        lock.lock();
        try {
            while (!stopped) {
                if (frames.cut()) {
                    cut.signalAll();
                }
                long nanos = FRAME_INTERVAL.toNanos();
                while (nanos > 0 && !stopped) {
                    nanos = cut.awaitNanos(nanos);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all streams. A stream that is opened later ends after the present state. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopped = true;
            cut.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
