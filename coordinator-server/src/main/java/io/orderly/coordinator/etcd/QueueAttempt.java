package io.orderly.coordinator.etcd;

import io.grpc.Status;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.member.WatchHandle;
import io.orderly.coordinator.queue.EndReason;
import io.orderly.coordinator.queue.QueueEffect;
import io.orderly.coordinator.queue.QueueEntry;
import io.orderly.coordinator.queue.QueueInput;
import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a {@link QueueEntry} for a call of the lock or election service, until it is at the head. Then the client owns the key, until
 * its lease ends. A call that is cancelled before, or that fails, leaves the queue: its key is deleted, with several attempts if necessary,
 * or with the lease.
 */
final class QueueAttempt {

    /**
     * Watches of this process do not hang, so a look at the queue is needed only after a request that was refused. It costs a command for
     * each client that waits.
     */
    static final QueueSettings SETTINGS = new QueueSettings(Duration.ofSeconds(30));

    private static final Executor LATER = after(Duration.ofMillis(200));

    /** A response to each watch; a watch of one deletion has one event. */
    private static final int ROOM = 8;

    /** Consecutive requests that may fail after the end of the call, before the deletion of the key is left to its lease. */
    private static final int MAX_FAILURES = 10;

    /** Receives the result of the attempt; one of the two methods is called, once, on any thread. */
    interface Listener {

        /**
         * @param token the create revision of the key
         * @return false if the client no longer waits; then the attempt leaves the queue
         */
        boolean acquired(Bytes key, long token);

        void failed(Status status);
    }

    private final Coordinator coordinator;
    private final QueueEntry entry;
    private final Listener listener;
    private final Executor ticks;
    private final Map<Long, Optional<WatchHandle>> watches = new HashMap<>();
    private final Deque<QueueInput> inputs = new ArrayDeque<>();
    private boolean isStepping;
    private boolean hasJoined;
    private int underWay;
    private int failures;

    /** The token, once it is at the head; 0 before. */
    private long token;

    /** The listener was called, or must not be called any more. */
    private boolean isAnswered;

    private boolean isOver;

    /**
     * @param entry that has not joined; its time is that of {@link System#nanoTime}
     * @param settings of the entry
     */
    QueueAttempt(Coordinator coordinator, QueueEntry entry, QueueSettings settings, Listener listener) {
        this.coordinator = coordinator;
        this.entry = entry;
        this.listener = listener;
        ticks = after(settings.lookAfter());
    }

    private static Executor after(Duration time) {
        return CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    synchronized void begin() {
        isStepping = true;
        carryOut(entry.join());
        isStepping = false;
        stepAll();
        tickLater();
    }

    /** Until it is over. */
    private void tickLater() {
        ticks.execute(this::tick);
    }

    private synchronized void tick() {
        if (!isOver) {
            take(new QueueInput.Tick(System.nanoTime()));
            tickLater();
        }
    }

    /** The client no longer waits. */
    synchronized void cancel() {
        if (!isAnswered) {
            isAnswered = true;
            take(new QueueInput.Leave());
        }
    }

    private synchronized void take(QueueInput input) {
        inputs.add(input);
        if (!isStepping) {
            stepAll();
        }
    }

    private void stepAll() {
        isStepping = true;
        while (!isOver && !inputs.isEmpty()) {
            carryOut(entry.step(inputs.remove()));
        }
        isStepping = false;
    }

    private void carryOut(List<QueueEffect> effects) {
        for (QueueEffect effect : effects) {
            switch (effect) {
                case QueueEffect.Execute execute -> execute(execute);
                case QueueEffect.OpenWatch(long watch, WatchRequest request) -> open(watch, request);
                case QueueEffect.CloseWatch(long watch) -> closeWatch(watch);
                case QueueEffect.Acquired(long acquired) -> token = acquired;
                case QueueEffect.Published _ -> {}
                case QueueEffect.Ended(EndReason reason) -> ended(reason);
            }
        }
        // the value that must be published first is pending
        if (token != 0 && underWay == 0 && !isAnswered) {
            isAnswered = true;
            if (listener.acquired(entry.key(), token)) {
                end();
            } else {
                take(new QueueInput.Leave());
            }
        }
    }

    private void execute(QueueEffect.Execute execute) {
        underWay++;
        coordinator
                .execute(execute.command())
                .whenComplete((reply, failure) -> executed(execute.request(), reply, failure));
    }

    private synchronized void executed(
            long request, @Nullable Reply<StoreResponse> reply, @Nullable Throwable failure) {
        underWay--;
        if (isOver) {
            return;
        }
        if (reply instanceof Reply.Completed<StoreResponse>(StoreResponse response)) {
            hasJoined = true;
            failures = 0;
            take(new QueueInput.Answered(request, response));
        } else if (failure != null || isAnswered && ++failures > MAX_FAILURES) {
            fail(EtcdError.STOPPED.status());
            end();
        } else {
            if (reply != null && !hasJoined) {
                failAndLeave(reply);
            }
            underWay++;
            LATER.execute(() -> {
                synchronized (this) {
                    underWay--;
                    take(new QueueInput.Unanswered(request));
                }
            });
        }
    }

    /** The key may be in the queue now or later. */
    private void failAndLeave(Reply<StoreResponse> reply) {
        if (!isAnswered) {
            fail(Refusals.failureOf(reply));
            take(new QueueInput.Leave());
        }
    }

    private void ended(EndReason reason) {
        end();
        fail(
                switch (reason) {
                    case EndReason.Rejected(var refusal) -> Refusals.statusOf(refusal);
                    case EndReason.SessionEnded _ ->
                        (entry.isJoined() ? EtcdError.SESSION_EXPIRED : EtcdError.LEASE_NOT_FOUND).status();
                    case EndReason.Left _, EndReason.TimedOut _ -> EtcdError.TIMED_OUT.status();
                });
    }

    private void fail(Status status) {
        if (!isAnswered) {
            isAnswered = true;
            listener.failed(status);
        }
    }

    private void end() {
        isOver = true;
        watches.values().forEach(handle -> handle.ifPresent(WatchHandle::close));
        watches.clear();
    }

    // watches

    private void open(long watch, WatchRequest request) {
        watches.put(watch, Optional.empty());
        coordinator
                .watch(request, ROOM, response -> take(new QueueInput.Watched(watch, response)))
                .whenComplete((handle, _) -> opened(watch, handle == null ? Optional.empty() : handle));
    }

    private synchronized void opened(long watch, Optional<WatchHandle> handle) {
        if (handle.isEmpty()) {
            LATER.execute(() -> take(new QueueInput.WatchBroken(watch)));
        } else if (watches.replace(watch, handle) == null) {
            handle.get().close();
        }
    }

    private void closeWatch(long watch) {
        Optional<WatchHandle> handle = watches.remove(watch);
        if (handle != null) {
            handle.ifPresent(WatchHandle::close);
        }
    }
}
