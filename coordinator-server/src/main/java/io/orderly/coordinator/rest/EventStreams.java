package io.orderly.coordinator.rest;

import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.store.KeyRange;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The open event streams. They end before the web server waits for its requests when the process stops. */
final class EventStreams implements SmartLifecycle {

    /** The time limit of a stream is that of its connection. */
    private static final long NO_TIMEOUT = 0;

    private final RequestCaller caller;
    private final RestProperties properties;
    private final Semaphore permits;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isRunning;

    EventStreams(RequestCaller caller, RestProperties properties) {
        this.caller = caller;
        this.properties = properties;
        permits = new Semaphore(properties.maxEventStreams());
    }

    /**
     * Streams the changes of keys.
     *
     * @param startRevision the first to deliver; 0 for the next one
     */
    SseEmitter open(KeyRange keys, long startRevision) {
        if (!permits.tryAcquire()) {
            throw Problems.notApplied(
                    "There are %d event streams, which is the maximum.".formatted(properties.maxEventStreams()));
        }
        SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        GuardedCoordinator coordinator = caller.coordinator();
        EventStream stream = new EventStream(emitter, properties.heartbeat());
        emitter.onCompletion(stream::close);
        emitter.onError(_ -> stream.close());
        open.add(stream);
        Thread.ofVirtual().name("event-stream").start(() -> {
            try {
                stream.run(coordinator, keys, startRevision);
            } finally {
                open.remove(stream);
                permits.release();
            }
        });
        return emitter;
    }

    /** The number of open streams. */
    int size() {
        return open.size();
    }

    @Override
    public void start() {
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
        open.forEach(EventStream::close);
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
