package io.orderly.coordinator.etcd;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.member.NotPermittedException;
import io.orderly.coordinator.member.ReadRight;
import io.orderly.coordinator.member.WatchHandle;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.watch.WatchResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream of watches. Requests arrive on a thread of the transport and events on one of the member; the monitor of this object puts them
 * in order. The end of the client's requests does not end its watches, the end of the call does.
 *
 * <p>A client that does not read costs little: a watch has a bounded number of pending responses, which share their keys and values with
 * the store and are encoded when the transport accepts them; further events are read from the history of the store later.
 */
final class WatchCall implements StreamObserver<WatchRequest> {

    private static final String DUPLICATE_ID = "mvcc: duplicate watch ID provided on the WatchStream";
    private static final String EMPTY_RANGE = "mvcc: watcher range is empty";
    private static final String TOO_MANY = "coordinator: too many watches";

    /** With more responses than this in the queue, no further request is read. */
    private static final int MAX_QUEUED = 1_000;

    private final GuardedCoordinator coordinator;
    private final WatchResponses responses;
    private final ServerCallStreamObserver<io.orderly.coordinator.api.etcd.WatchResponse> call;
    private final Map<Long, OpenWatch> watches = new HashMap<>();
    private @Nullable StreamProgress progress;
    private long nextId;
    private boolean isRequestDue;
    private boolean isClosed;

    WatchCall(
            GuardedCoordinator coordinator,
            Headers headers,
            EventMessages eventMessages,
            ServerCallStreamObserver<io.orderly.coordinator.api.etcd.WatchResponse> call) {
        this.coordinator = coordinator;
        this.call = call;
        responses = new WatchResponses(headers, eventMessages, call);
        call.disableAutoRequest();
        call.setOnReadyHandler(this::flush);
        call.setOnCancelHandler(this::close);
        call.setOnCloseHandler(this::close);
        call.request(1);
    }

    @Override
    public synchronized void onNext(WatchRequest request) {
        if (isClosed) {
            return;
        }
        switch (request.getRequestUnionCase()) {
            case CREATE_REQUEST -> create(request.getCreateRequest());
            case CANCEL_REQUEST -> cancel(request.getCancelRequest().getWatchId());
            case PROGRESS_REQUEST -> requestProgress();
            case REQUESTUNION_NOT_SET -> {}
        }
        isRequestDue = true;
        flush();
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    @Override
    public void onCompleted() {
        // the client has no more requests
    }

    private synchronized void close() {
        isClosed = true;
        watches.values().forEach(OpenWatch::close);
        watches.clear();
        responses.clear();
    }

    private synchronized void flush() {
        if (isClosed) {
            return;
        }
        responses.flush();
        if (isRequestDue && responses.size() < MAX_QUEUED) {
            isRequestDue = false;
            call.request(1);
        }
    }

    // creation

    private void create(WatchCreateRequest request) {
        KeyRange keys = WatchRequests.keys(request);
        var right = new ReadRight(coordinator, keys);
        try {
            right.require();
        } catch (NotPermittedException e) {
            responses.notCreated(Refusals.textOf(e.refusal()));
            return;
        }
        if (request.getStartRevision() < 0) {
            responses.notCreated(EtcdError.COMPACTED.text());
        } else if (WatchRequests.isEmpty(keys)) {
            responses.notCreated(EMPTY_RANGE);
        } else if (request.getWatchId() != 0 && watches.containsKey(request.getWatchId())) {
            responses.notCreated(DUPLICATE_ID);
        } else {
            var watch = new OpenWatch(
                    request.getWatchId() == 0 ? freeId() : request.getWatchId(), request.getStartRevision(), right);
            watches.put(watch.id, watch);
            coordinator
                    .watch(WatchRequests.watch(request, keys), OpenWatch.ROOM, response -> received(watch, response))
                    .whenComplete((handle, _) -> opened(watch, handle == null ? Optional.empty() : handle));
        }
    }

    private long freeId() {
        while (watches.containsKey(nextId)) {
            nextId++;
        }
        return nextId++;
    }

    private synchronized void opened(OpenWatch watch, Optional<WatchHandle> handle) {
        boolean isCancelled = isClosed || watches.get(watch.id) != watch;
        if (isCancelled) {
            handle.ifPresent(WatchHandle::close);
        } else if (handle.isEmpty()) {
            watches.remove(watch.id);
            responses.notCreated(TOO_MANY);
        } else {
            responses.created(watch.id);
            watch.created(handle.get()).forEach(response -> pass(watch, response));
        }
        flush();
    }

    // events

    private synchronized void received(OpenWatch watch, WatchResponse response) {
        if (isClosed) {
            return;
        }
        if (watch.isCreated()) {
            pass(watch, response);
            flush();
        } else {
            watch.keepEarly(response);
        }
    }

    private void pass(OpenWatch watch, WatchResponse response) {
        if (watches.get(watch.id) != watch) {
            return;
        }
        try {
            watch.right.require();
        } catch (NotPermittedException e) {
            watch.close();
            responses.refused(watch, Refusals.textOf(e.refusal()));
            remove(watch.id);
            return;
        }
        if (response instanceof WatchResponse.Progress(long revision)
                && progress != null
                && progress.isReached(watch.id, revision)) {
            watch.responseSent();
            completeProgress(progress);
            return;
        }
        responses.event(watch, response);
        if (response instanceof WatchResponse.Compacted) {
            remove(watch.id);
        }
    }

    private void cancel(long id) {
        OpenWatch watch = watches.get(id);
        if (watch != null) {
            watch.close();
            responses.cancelled(watch);
            remove(id);
        }
    }

    private void remove(long id) {
        watches.remove(id);
        if (progress != null) {
            progress.forget(id);
            completeProgress(progress);
        }
    }

    // progress of the whole stream

    /** Each watch reports when all events up to a revision are sent; after all of them, the stream reports its progress. */
    private void requestProgress() {
        if (progress != null) {
            return;
        }
        long revision = coordinator.revision();
        var waiting = new StreamProgress(revision);
        for (OpenWatch watch : watches.values()) {
            if (watch.startRevision <= revision && watch.isCreated()) {
                waiting.await(watch.id);
                watch.requestProgress();
            }
        }
        progress = waiting;
        completeProgress(waiting);
    }

    private void completeProgress(StreamProgress waiting) {
        if (waiting.isComplete()) {
            progress = null;
            responses.progress(waiting.revision());
        }
    }
}
