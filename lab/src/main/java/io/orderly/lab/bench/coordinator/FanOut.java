package io.orderly.lab.bench.coordinator;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One writer and many watchers of its key, each with a stream of its own, spread over all members. The writer writes again when the last of
 * the watchers has the event, so a request is a write and all its events.
 */
final class FanOut implements Load, AutoCloseable {

    static final int WATCHERS = 100;

    private static final ByteString KEY = ByteString.copyFromUtf8("bench/watched");

    private final Connections connections;
    private final List<Watcher> watchers = new ArrayList<>();
    private int created;
    private int notSeen;
    private boolean isAnswered;
    private @Nullable Outcome outcome;

    FanOut(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void send(int client, Outcome told) {
        if (watchers.isEmpty()) {
            for (int i = 0; i < WATCHERS; i++) {
                watchers.add(new Watcher(i));
            }
        }
        outcome = told;
        if (created == WATCHERS) {
            write();
        }
    }

    private void write() {
        notSeen = WATCHERS;
        isAnswered = false;
        connections.send(
                0,
                KVGrpc.getPutMethod(),
                PutRequest.newBuilder().setKey(KEY).setValue(KEY).build(),
                new Outcome() {

                    @Override
                    public void answered() {
                        isAnswered = true;
                        endIfComplete();
                    }

                    @Override
                    public void failed(Throwable reason) {
                        fail(reason);
                    }
                });
    }

    private void endIfComplete() {
        Outcome told = outcome;
        if (notSeen <= 0 && isAnswered && told != null) {
            outcome = null;
            told.answered();
        }
    }

    private void fail(Throwable reason) {
        Outcome told = outcome;
        outcome = null;
        if (told != null) {
            told.failed(reason);
        }
    }

    @Override
    public void close() {
        watchers.forEach(watcher -> watcher.call.cancel("the measurement is over", null));
    }

    private final class Watcher extends ClientCall.Listener<WatchResponse> {

        private final ClientCall<WatchRequest, WatchResponse> call;

        Watcher(int number) {
            call = connections.of(number).newCall(WatchGrpc.getWatchMethod(), CallOptions.DEFAULT);
            call.start(this, new Metadata());
            call.request(1);
            call.sendMessage(WatchRequest.newBuilder()
                    .setCreateRequest(WatchCreateRequest.newBuilder().setKey(KEY))
                    .build());
        }

        @Override
        public void onMessage(WatchResponse response) {
            call.request(1);
            if (response.getCreated()) {
                created++;
                if (created == WATCHERS) {
                    write();
                }
            }
            notSeen -= response.getEventsCount();
            endIfComplete();
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            fail(status.asException());
        }
    }
}
