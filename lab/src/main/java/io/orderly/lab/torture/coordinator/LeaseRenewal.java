package io.orderly.lab.torture.coordinator;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.LeaseGrpc;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveRequest;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Renews a lease in a thread of its own, three times within its life. The client relies on the lease from when it sent the last answered
 * request; once that time has passed it never relies on it again, even if a response arrives later.
 */
final class LeaseRenewal {

    private static final int TIMES = 3;
    private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(800);

    private final long lease;
    private final long ttlNanos;
    private final List<ManagedChannel> members;
    private final Random random;
    private final Thread thread;
    private volatile long validUntilNanos;

    private LeaseRenewal(long lease, long ttlSeconds, long sentNanos, List<ManagedChannel> members, long seed) {
        this.lease = lease;
        this.ttlNanos = TimeUnit.SECONDS.toNanos(ttlSeconds);
        this.members = members;
        this.random = new Random(seed);
        this.validUntilNanos = sentNanos + ttlNanos;
        this.thread = Thread.ofVirtual().name("renew a lease").unstarted(this::renewUntilInterrupted);
    }

    /** @param sentNanos when the client requested the lease */
    static LeaseRenewal start(long lease, long ttlSeconds, long sentNanos, List<ManagedChannel> members, long seed) {
        var renewal = new LeaseRenewal(lease, ttlSeconds, sentNanos, members, seed);
        renewal.thread.start();
        return renewal;
    }

    boolean isValid(long nanos) {
        return nanos - validUntilNanos < 0;
    }

    long validUntilNanos() {
        return validUntilNanos;
    }

    /** Ends the renewals; returns when none is pending. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void renewUntilInterrupted() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(ttlNanos / TIMES);
                renew();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() throws InterruptedException {
        CompletableFuture<LeaseKeepAliveResponse> answer = new CompletableFuture<>();
        ManagedChannel member =
                ReachableMembers.choose(members, Function.identity(), random).orElseGet(members::getFirst);
        long sentNanos = System.nanoTime();
        StreamObserver<LeaseKeepAliveRequest> requests = LeaseGrpc.newStub(member)
                .withDeadlineAfter(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .leaseKeepAlive(completing(answer));
        try {
            requests.onNext(LeaseKeepAliveRequest.newBuilder().setID(lease).build());
            boolean isRenewed = answer.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                            .getTTL()
                    > 0;
            requests.onCompleted();
            if (isRenewed && isValid(System.nanoTime())) {
                validUntilNanos = sentNanos + ttlNanos;
            }
        } catch (ExecutionException | TimeoutException | StatusRuntimeException | IllegalStateException e) {
            // the next renewal follows
        }
    }

    private static StreamObserver<LeaseKeepAliveResponse> completing(CompletableFuture<LeaseKeepAliveResponse> answer) {
        return new StreamObserver<>() {

            @Override
            public void onNext(LeaseKeepAliveResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                answer.completeExceptionally(new IllegalStateException("the stream ended without an answer"));
            }
        };
    }
}
