package io.orderly.coordinator.etcd;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.orderly.coordinator.api.etcd.LeaderResponse;
import io.orderly.coordinator.election.ElectedLeader;
import io.orderly.coordinator.election.LeaderObserver;
import io.orderly.coordinator.election.ObserverEffect;
import io.orderly.coordinator.election.ObserverInput;
import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.member.NotPermittedException;
import io.orderly.coordinator.member.ReadRight;
import io.orderly.coordinator.member.WatchHandle;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.watch.WatchRequest;
import io.orderly.coordinator.watch.WatchResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends each leader and each value to the client. A client that reads slowly receives the newest one, and may miss earlier ones. */
final class ObserveCall {

    private static final Executor LATER =
            CompletableFuture.delayedExecutor(Duration.ofMillis(200).toMillis(), TimeUnit.MILLISECONDS);

    private static final int ROOM = 16;

    private final GuardedCoordinator coordinator;
    private final Headers headers;
    private final LeaderObserver observer;
    private final ServerCallStreamObserver<LeaderResponse> call;
    private final Deque<ObserverInput> inputs = new ArrayDeque<>();
    private boolean isStepping;
    private boolean isClosed;

    /** The leader that was not sent yet. */
    private @Nullable ElectedLeader newest;

    private @Nullable WatchHandle handle;
    private long openWatch;

    ObserveCall(
            GuardedCoordinator coordinator,
            Headers headers,
            LeaderObserver observer,
            ServerCallStreamObserver<LeaderResponse> call) {
        this.coordinator = coordinator;
        this.headers = headers;
        this.observer = observer;
        this.call = call;
        call.setOnReadyHandler(this::flush);
        call.setOnCancelHandler(this::close);
        call.setOnCloseHandler(this::close);
    }

    synchronized void begin() {
        isStepping = true;
        carryOut(observer.begin());
        isStepping = false;
        stepAll();
    }

    private synchronized void close() {
        isClosed = true;
        closeWatch();
    }

    private synchronized void take(ObserverInput input) {
        inputs.add(input);
        if (!isStepping) {
            stepAll();
        }
    }

    private void stepAll() {
        isStepping = true;
        while (!isClosed && !inputs.isEmpty()) {
            carryOut(observer.step(inputs.remove()));
        }
        isStepping = false;
        flush();
    }

    private void carryOut(List<ObserverEffect> effects) {
        for (ObserverEffect effect : effects) {
            switch (effect) {
                case ObserverEffect.Read(long request, Operation.Range range) -> read(request, range);
                case ObserverEffect.OpenWatch(long watch, WatchRequest request) -> open(watch, request);
                case ObserverEffect.Leads(ElectedLeader leader) -> newest = leader;
                case ObserverEffect.Vacant _ -> {}
                case ObserverEffect.Failed(var refusal) -> fail(Refusals.statusOf(refusal));
            }
        }
    }

    private void read(long request, Operation.Range range) {
        coordinator.read(range).whenComplete((reply, failure) -> {
            if (reply instanceof Reply.Completed<StoreResponse>(StoreResponse response)) {
                take(new ObserverInput.Answered(request, response));
            } else if (failure == null) {
                LATER.execute(() -> take(new ObserverInput.Unanswered(request)));
            }
        });
    }

    private void open(long watch, WatchRequest request) {
        closeWatch();
        openWatch = watch;
        var right = new ReadRight(coordinator, request.keys());
        coordinator
                .watch(request, ROOM, response -> received(watch, right, response))
                .whenComplete((opened, _) -> opened(watch, opened == null ? Optional.empty() : opened));
    }

    private synchronized void opened(long watch, Optional<WatchHandle> opened) {
        if (opened.isEmpty()) {
            LATER.execute(() -> take(new ObserverInput.WatchBroken(watch)));
        } else if (isClosed || watch != openWatch) {
            opened.get().close();
        } else {
            handle = opened.get();
            handle.addRoom(ROOM);
        }
    }

    /** Each response makes room for another one; only the newest leader is kept. */
    private synchronized void received(long watch, ReadRight right, WatchResponse response) {
        try {
            right.require();
        } catch (NotPermittedException e) {
            fail(Refusals.statusOf(e.refusal()));
            return;
        }
        if (handle != null && watch == openWatch) {
            handle.addRoom(1);
        }
        take(new ObserverInput.Watched(watch, response));
    }

    private void fail(Status status) {
        if (!isClosed) {
            close();
            call.onError(status.asRuntimeException());
        }
    }

    private void closeWatch() {
        if (handle != null) {
            handle.close();
            handle = null;
        }
    }

    private synchronized void flush() {
        ElectedLeader leader = newest;
        if (leader != null && !isClosed && call.isReady()) {
            newest = null;
            call.onNext(LeaderResponse.newBuilder()
                    .setHeader(headers.at(leader.head().modRevision()))
                    .setKv(StoreResponses.keyValue(leader.head()))
                    .build());
        }
    }
}
