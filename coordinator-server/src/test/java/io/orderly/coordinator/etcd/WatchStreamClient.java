package io.orderly.coordinator.etcd;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.orderly.coordinator.api.etcd.WatchCancelRequest;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchProgressRequest;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client's stream of watches, which reads only as many responses as the test requests. */
final class WatchStreamClient extends ClientCall.Listener<WatchResponse> {

    final CompletableFuture<Status> closed = new CompletableFuture<>();
    private final BlockingQueue<WatchResponse> received = new LinkedBlockingQueue<>();
    private final ClientCall<WatchRequest, WatchResponse> call;

    WatchStreamClient(ManagedChannel channel, boolean readsAll, Metadata metadata) {
        call = channel.newCall(WatchGrpc.getWatchMethod(), CallOptions.DEFAULT);
        call.start(this, metadata);
        if (readsAll) {
            call.request(1_000_000);
        }
    }

    void read(int responses) {
        call.request(responses);
    }

    void create(WatchCreateRequest.Builder request) {
        call.sendMessage(WatchRequest.newBuilder().setCreateRequest(request).build());
    }

    void cancel(long id) {
        call.sendMessage(WatchRequest.newBuilder()
                .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(id))
                .build());
    }

    void requestProgress() {
        call.sendMessage(WatchRequest.newBuilder()
                .setProgressRequest(WatchProgressRequest.getDefaultInstance())
                .build());
    }

    void halfClose() {
        call.halfClose();
    }

    void abort() {
        call.cancel("test", null);
    }

    WatchResponse next() throws InterruptedException {
        WatchResponse response = poll(10_000);
        if (response == null) {
            throw new AssertionError("no response");
        }
        return response;
    }

    @Nullable WatchResponse poll(long millis) throws InterruptedException {
        return received.poll(millis, TimeUnit.MILLISECONDS);
    }

    int waiting() {
        return received.size();
    }

    @Override
    public void onMessage(WatchResponse response) {
        received.add(response);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        closed.complete(status);
    }
}
