package io.orderly.coordinator.member;

import io.orderly.coordinator.server.WatchStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A watch whose stream belongs to the event loop. At most one of its calls waits there. */
final class LoopWatch implements WatchHandle {

    private final WatchStream stream;
    private final Consumer<Runnable> loop;
    private final AtomicInteger room = new AtomicInteger();
    private final AtomicBoolean isProgressRequested = new AtomicBoolean();
    private final AtomicBoolean isCalled = new AtomicBoolean();
    private volatile boolean isClosed;

    /** @param loop runs actions on the event loop, in order */
    LoopWatch(WatchStream stream, Consumer<Runnable> loop) {
        this.stream = stream;
        this.loop = loop;
    }

    @Override
    public void addRoom(int responses) {
        room.addAndGet(responses);
        call();
    }

    @Override
    public void requestProgress() {
        isProgressRequested.set(true);
        call();
    }

    @Override
    public void close() {
        isClosed = true;
        call();
    }

    private void call() {
        if (isCalled.compareAndSet(false, true)) {
            loop.accept(this::update);
        }
    }

    private void update() {
        isCalled.set(false);
        if (isClosed) {
            stream.close();
            return;
        }
        int more = room.getAndSet(0);
        if (more > 0) {
            stream.addRoom(more);
        }
        if (isProgressRequested.getAndSet(false)) {
            stream.requestProgress();
        }
    }
}
