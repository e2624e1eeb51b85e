package io.orderly.coordinator.compatibility;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A stream of requests and of responses, which are polled one by one. */
final class MessageStream<Q, A> implements AutoCloseable {

    static final int WAIT_SECONDS = 10;

    private final BlockingQueue<Arrival<A>> arrivals = new LinkedBlockingQueue<>();
    private final StreamObserver<Q> requests;

    private record Arrival<A>(@Nullable A message, @Nullable Throwable failure) {}

    /** @param call opens the stream with an observer of the responses */
    MessageStream(Function<StreamObserver<A>, StreamObserver<Q>> call) {
        requests = call.apply(new StreamObserver<>() {
            @Override
            public void onNext(A message) {
                arrivals.add(new Arrival<>(message, null));
            }

            @Override
            public void onError(Throwable failure) {
                arrivals.add(new Arrival<>(null, failure));
            }

            @Override
            public void onCompleted() {
                arrivals.add(new Arrival<>(
                        null, Status.OK.withDescription("end of the stream").asRuntimeException()));
            }
        });
    }

    void send(Q request) {
        requests.onNext(request);
    }

    /**
     * Waits for the next response.
     *
     * @throws StatusRuntimeException if the stream ended or nothing came
     */
    A next() {
        return next(WAIT_SECONDS * 1_000L);
    }

    A next(long millis) {
        try {
            Arrival<A> arrival = arrivals.poll(millis, TimeUnit.MILLISECONDS);
            if (arrival == null) {
                throw Status.DEADLINE_EXCEEDED
                        .withDescription("nothing arrived")
                        .asRuntimeException();
            }
            if (arrival.message == null) {
                throw Status.fromThrowable(arrival.failure).asRuntimeException();
            }
            return arrival.message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the requests; the server ends the stream. */
    void finish() {
        requests.onCompleted();
    }

    @Override
    public void close() {
        requests.onError(Status.CANCELLED.asRuntimeException());
    }
}
