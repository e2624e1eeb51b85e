package io.orderly.coordinator.client;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.orderly.coordinator.client.RetryRule.Decision;
import io.orderly.coordinator.client.RetryRule.Repetition;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sends requests to the current member, and repeats them as the {@link RetryRule} decides. Blocking; thread-safe. */
final class Calls {

    private final Channels channels;
    private final RetryRule rule;
    private final ClientSettings settings;
    private final Environment environment;
    private final ClientObserver observer;

    Calls(
            Channels channels,
            RetryRule rule,
            ClientSettings settings,
            Environment environment,
            ClientObserver observer) {
        this.channels = channels;
        this.rule = rule;
        this.settings = settings;
        this.environment = environment;
        this.observer = observer;
    }

    /** One exchange, attempted until it is answered or the timeout has passed. */
    <Q, R> R call(String name, MethodDescriptor<Q, R> method, Q request, Repetition repetition) throws CallFailed {
        return call(name, method, request, repetition, settings.timeout());
    }

    <Q, R> R call(String name, MethodDescriptor<Q, R> method, Q request, Repetition repetition, Duration timeout)
            throws CallFailed {
        long began = environment.nanoTime().getAsLong();
        boolean effectUnknown = false;
        for (int attempts = 1; ; attempts++) {
            Duration left = timeout.minusNanos(environment.nanoTime().getAsLong() - began);
            Channels.Member member = channels.current();
            try {
                R response = attempt(member, method, request, left);
                observer.requested(name, ClientObserver.Result.ANSWERED, attempts, since(began));
                return response;
            } catch (StatusRuntimeException e) {
                Failure failure = Failure.of(e.getStatus());
                effectUnknown |= failure.effect() == Failure.Effect.UNKNOWN;
                if (failure.effect() != Failure.Effect.REFUSED && !failure.isOfToken()) {
                    channels.failed(member);
                }
                Decision decision = rule.after(failure, repetition, attempts, timeout.minus(since(began)));
                if (!(decision instanceof Decision.Retry(Duration delay)) || !paused(delay)) {
                    observer.requested(name, result(failure, effectUnknown), attempts, since(began));
                    throw new CallFailed(failure, effectUnknown);
                }
            }
        }
    }

    private <Q, R> R attempt(Channels.Member member, MethodDescriptor<Q, R> method, Q request, Duration left) {
        Duration deadline = left.compareTo(settings.attemptTimeout()) < 0 ? left : settings.attemptTimeout();
        CallOptions options =
                CallOptions.DEFAULT.withDeadlineAfter(Math.max(1, deadline.toNanos()), TimeUnit.NANOSECONDS);
        return ClientCalls.blockingUnaryCall(member.channel(), method, options, request);
    }

    /** @return whether the caller may continue; false if it was interrupted */
    private static boolean paused(Duration delay) {
        try {
            Thread.sleep(delay);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Duration since(long began) {
        return Duration.ofNanos(environment.nanoTime().getAsLong() - began);
    }

    private static ClientObserver.Result result(Failure failure, boolean effectUnknown) {
        if (effectUnknown) {
            return ClientObserver.Result.UNKNOWN;
        }
        return failure.effect() == Failure.Effect.REFUSED
                ? ClientObserver.Result.REFUSED
                : ClientObserver.Result.UNREACHABLE;
    }

    /** One exchange on a stream of its own, so that no response can belong to another request. One attempt. */
    <Q, R> R exchange(MethodDescriptor<Q, R> method, Q request, Duration timeout) throws CallFailed {
        Channels.Member member = channels.current();
        try {
            CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return SingleExchange.of(member.channel(), method, request, options);
        } catch (StatusRuntimeException e) {
            Failure failure = Failure.of(e.getStatus());
            if (!failure.isOfToken()) {
                channels.failed(member);
            }
            throw new CallFailed(failure, failure.effect() == Failure.Effect.UNKNOWN);
        }
    }

    static StatusRuntimeException withoutResponse() {
        return Status.UNAVAILABLE
                .withDescription("the stream ended without a response")
                .asRuntimeException();
    }
}
