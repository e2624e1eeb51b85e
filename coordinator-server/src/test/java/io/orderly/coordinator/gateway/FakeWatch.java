package io.orderly.coordinator.gateway;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Watches whose responses the test sends. */
final class FakeWatch extends WatchGrpc.WatchImplBase {

    static final int FLOOD = 1_000;

    final BlockingQueue<WatchRequest> requests = new LinkedBlockingQueue<>();
    final BlockingQueue<ServerCallStreamObserver<WatchResponse>> open = new LinkedBlockingQueue<>();
    final CountDownLatch cancelled = new CountDownLatch(1);
    final CountDownLatch halfClosed = new CountDownLatch(1);

    /** The response to send {@link #FLOOD} times, as fast as the client reads; null for none. */
    volatile @Nullable WatchResponse flood;

    final AtomicInteger sent = new AtomicInteger();

    @Override
    public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> observer) {
        var call = (ServerCallStreamObserver<WatchResponse>) observer;
        call.setOnCancelHandler(cancelled::countDown);
        call.setOnReadyHandler(() -> flood(call));
        open.add(call);
        return new StreamObserver<>() {
            @Override
            public void onNext(WatchRequest request) {
                requests.add(request);
            }

            @Override
            public void onError(Throwable failure) {
                cancelled.countDown();
            }

            @Override
            public void onCompleted() {
                halfClosed.countDown();
            }
        };
    }

    static WatchResponse response(long watchId) {
        return WatchResponse.newBuilder().setWatchId(watchId).setCreated(true).build();
    }

    static void fail(StreamObserver<WatchResponse> call) {
        call.onError(Status.UNAVAILABLE.withDescription("etcdserver: no leader").asRuntimeException());
    }

    private void flood(ServerCallStreamObserver<WatchResponse> call) {
        WatchResponse response = flood;
        while (response != null && call.isReady() && sent.get() < FLOOD) {
            call.onNext(response);
            sent.incrementAndGet();
        }
    }
}
