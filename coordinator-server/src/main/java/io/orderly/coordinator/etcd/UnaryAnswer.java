package io.orderly.coordinator.etcd;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.member.NotPermittedException;
import io.orderly.coordinator.server.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a unary call once a future completes, with its result or with an error. */
final class UnaryAnswer {

    private static final Logger log = LoggerFactory.getLogger(UnaryAnswer.class);

    private UnaryAnswer() {}

    /** @param conversion of the result; it may throw a {@link StatusRuntimeException}, which answers the call */
    static <R, M> void ofReply(
            CompletableFuture<Reply<R>> reply, StreamObserver<M> observer, Function<R, M> conversion) {
        of(reply, observer, completed -> conversion.apply(Refusals.resultOf(completed)));
    }

    /** @param conversion of the result; it may throw a {@link StatusRuntimeException}, which answers the call */
    static <R, M> void of(CompletableFuture<R> future, StreamObserver<M> observer, Function<R, M> conversion) {
        future.whenComplete((result, failure) -> answer(result, failure, observer, conversion));
    }

    private static <R, M> void answer(
            R result, @Nullable Throwable failure, StreamObserver<M> observer, Function<R, M> conversion) {
        if (observer instanceof ServerCallStreamObserver<M> call && call.isCancelled()) {
            return;
        }
        try {
            if (failure != null) {
                fail(observer, failure);
                return;
            }
            M message = conversion.apply(result);
            observer.onNext(message);
            observer.onCompleted();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        } catch (NotPermittedException e) {
            fail(observer, e);
        } catch (RuntimeException | Error e) {
            // no other code answers the call
            log.error("A response could not be converted", e);
            observer.onError(Status.INTERNAL.withCause(e).asRuntimeException());
        }
    }

    /** Answers with the error of a future. */
    static void fail(StreamObserver<?> observer, Throwable failure) {
        observer.onError(statusOf(failure).asRuntimeException());
    }

    /** A future fails if the member stops, with a status, if the caller may not make the request, or if too much work waits. */
    static Status statusOf(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return switch (cause) {
            case StatusRuntimeException status -> status.getStatus();
            case NotPermittedException refused -> Refusals.statusOf(refused.refusal());
            case RejectedExecutionException _ -> EtcdError.TOO_MANY_REQUESTS.status();
            default -> EtcdError.STOPPED.status();
        };
    }
}
