package io.orderly.coordinator.client;

import io.orderly.coordinator.api.etcd.WatchResponse;
import io.orderly.coordinator.client.WatchCursor.Action;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch that continues until it is closed, over lost connections, failed members and compactions. After {@link #close} has returned no
 * method of the listener is called; close waits for one that is running, unless the listener itself closes. Thread-safe.
 */
public final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final WatchRequest request;
    private final WatchListener listener;
    private final WatchCursor cursor;
    private final WatchStreams streams;
    private final Reads reads;
    private final SeenRevision seen;
    private final Loop loop;
    private final Backoff backoff;
    private final Environment environment;
    private final ClientObserver observer;
    /** Held while the listener is called. */
    private final ReentrantLock lock = new ReentrantLock();

    private WatchStreams.@Nullable Stream stream;
    /** Since the last event or progress: a stream may be created and then refused. */
    private int failures;

    private boolean closed;

    Watch(
            WatchRequest request,
            WatchListener listener,
            WatchStreams streams,
            Reads reads,
            SeenRevision seen,
            Loop loop,
            Backoff backoff,
            Environment environment,
            ClientObserver observer) {
        this.request = request;
        this.listener = listener;
        this.streams = streams;
        this.reads = reads;
        this.seen = seen;
        this.loop = loop;
        this.backoff = backoff;
        this.environment = environment;
        this.observer = observer;
        cursor = new WatchCursor(request.startRevision());
    }

    /** Called once. */
    void begin() {
        loop.fork(this::connect);
    }

    @Override
    public void close() {
        WatchStreams.Stream last;
        lock.lock();
        try {
            closed = true;
            last = stream;
            stream = null;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.cancel();
        }
    }

    private void connect() {
        if (!readKeys()) {
            return;
        }
        lock.lock();
        try {
            if (closed) {
                return;
            }
            long number = cursor.open();
            WatchRequest resumed = new WatchRequest(
                    request.keys(), cursor.next(), request.puts(), request.deletes(), request.previous(), true, false);
            stream = streams.open(resumed, new WatchStreams.Receiver() {
                @Override
                public void received(WatchResponse response) {
                    Watch.this.received(number, response);
                }

                @Override
                public void ended() {
                    Watch.this.ended(number);
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the watch can continue now */
    private boolean readKeys() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (!cursor.needsKeys()) {
                return true;
            }
        } finally {
            lock.unlock();
        }
        StoreResponse.Range keys;
        try {
            keys = reads.linearizable(Operation.Range.of(request.keys()));
        } catch (CoordinatorException _) {
            reconnectLater();
            return false;
        }
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            cursor.resynchronised(keys.revision());
            tell(() -> listener.onKeys(keys.revision(), keys.keyValues()));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void received(long number, WatchResponse response) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            long revision = response.getHeader().getRevision();
            if (response.getCanceled()) {
                perform(cursor.canceled(number, response.getCompactRevision()));
            } else if (response.getEventsCount() > 0) {
                failures = 0;
                perform(cursor.events(
                        number,
                        response.getEventsList().stream()
                                .map(EtcdResponses::event)
                                .toList()));
            } else if (!response.getCreated()) {
                failures = 0;
                cursor.progress(number, revision);
            }
        } finally {
            lock.unlock();
        }
    }

    private void ended(long number) {
        lock.lock();
        try {
            if (!closed) {
                perform(cursor.broken(number));
            }
        } finally {
            lock.unlock();
        }
    }

    private void perform(List<Action> actions) {
        for (Action action : actions) {
            if (closed) {
                return;
            }
            switch (action) {
                case Action.Deliver(long revision, var events) -> {
                    // before the listener reads
                    seen.saw(revision);
                    tell(() -> listener.onEvents(revision, events));
                }
                case Action.Resynchronise(long compactedRevision) -> {
                    cancelStream();
                    observer.watchCompacted();
                    tell(() -> listener.onCompacted(compactedRevision));
                    loop.fork(this::connect);
                }
                case Action.Reopen _ -> {
                    cancelStream();
                    observer.watchInterrupted();
                    reconnectLater();
                }
            }
        }
    }

    private void cancelStream() {
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("the listener of a watch of {} failed; the call is not repeated", request.keys(), e);
        }
    }

    private void reconnectLater() {
        loop.after(backoff.delay(++failures, environment.random()), () -> loop.fork(this::connect));
    }
}
