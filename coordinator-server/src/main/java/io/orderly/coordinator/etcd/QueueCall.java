package io.orderly.coordinator.etcd;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.queue.QueueEntry;
import io.orderly.coordinator.queue.QueueKey;
import io.orderly.coordinator.store.Bytes;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for the head of a queue: Lock or Campaign.
 *
 * @param <M> its response
 */
final class QueueCall<M> {

    /** Creates the response of a call that has reached the head. */
    interface Conversion<M> {

        /** @param token the create revision of the key */
        M response(long lease, Bytes key, long token);
    }

    private final Coordinator coordinator;
    private final ServerCallStreamObserver<M> call;
    private final Conversion<M> conversion;
    private @Nullable QueueAttempt attempt;
    private boolean isCancelled;

    private QueueCall(Coordinator coordinator, ServerCallStreamObserver<M> call, Conversion<M> conversion) {
        this.coordinator = coordinator;
        this.call = call;
        this.conversion = conversion;
    }

    /**
     * @param prefix of the queue
     * @param lease 0 for a new one
     * @param value of the key
     */
    static <M> void begin(
            Coordinator coordinator,
            Bytes prefix,
            long lease,
            Bytes value,
            StreamObserver<M> observer,
            Conversion<M> conversion) {
        var waiting = new QueueCall<>(coordinator, (ServerCallStreamObserver<M>) observer, conversion);
        waiting.call.setOnCancelHandler(waiting::cancel);
        CallLease.orGranted(coordinator, lease).whenComplete((granted, failure) -> {
            if (failure == null) {
                waiting.begin(prefix, granted, value);
            } else {
                observer.onError(
                        Refusals.withoutCode(UnaryAnswer.statusOf(failure)).asRuntimeException());
            }
        });
    }

    private void begin(Bytes prefix, long lease, Bytes value) {
        var key = new QueueKey(prefix, lease, ThreadLocalRandom.current().nextLong());
        var entry = new QueueEntry(QueueAttempt.SETTINGS, key, value, System.nanoTime(), Long.MAX_VALUE);
        QueueAttempt begun = new QueueAttempt(coordinator, entry, QueueAttempt.SETTINGS, new QueueAttempt.Listener() {
            @Override
            public boolean acquired(Bytes acquired, long token) {
                if (call.isCancelled()) {
                    return false;
                }
                call.onNext(conversion.response(lease, acquired, token));
                call.onCompleted();
                return true;
            }

            @Override
            public void failed(Status status) {
                if (!call.isCancelled()) {
                    call.onError(Refusals.withoutCode(status).asRuntimeException());
                }
            }
        });
        synchronized (this) {
            if (isCancelled) {
                return;
            }
            attempt = begun;
        }
        begun.begin();
    }

    private synchronized void cancel() {
        isCancelled = true;
        if (attempt != null) {
            attempt.cancel();
        }
    }
}
