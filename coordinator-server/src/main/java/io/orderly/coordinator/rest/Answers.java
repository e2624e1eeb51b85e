package io.orderly.coordinator.rest;

import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.member.NotPermittedException;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.AuthRefusal;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.kit.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;

/**
 * Waits for replies of the coordinator, on the virtual thread of a request: returns results, and throws everything else as a problem.
 * Then it sets the headers with the position of this member, whose state contains the result by then.
 */
final class Answers {

    private final RequestCaller caller;
    private final Duration timeout;
    private final HttpServletResponse current;

    /** @param current the response of the current request, at each call */
    Answers(RequestCaller caller, Duration timeout, HttpServletResponse current) {
        this.caller = caller;
        this.timeout = timeout;
        this.current = current;
    }

    /** Refuses a request that is decided before it is made. */
    void require(Consumer<GuardedCoordinator> check) {
        try {
            check.accept(caller.coordinator());
        } catch (NotPermittedException e) {
            throw Problems.of(e.refusal(), current);
        }
    }

    /** The result of a read. A read without a response can be repeated. */
    <T> T read(CompletableFuture<Reply<T>> reply) {
        return resultOf(reply, () -> Problems.notApplied("The read was not answered."));
    }

    /** The result of a change. */
    <T> T change(CompletableFuture<Reply<T>> reply) {
        return resultOf(reply, Problems::outcomeUnknown);
    }

    /** Reads keys. */
    StoreResponse.Range read(Operation.Range range) {
        return (StoreResponse.Range) accepted(read(caller.coordinator().read(range)), Problems::of);
    }

    /** Reads keys in the state of this member, which may lag behind. */
    StoreResponse.Range readLocally(Operation.Range range) {
        return (StoreResponse.Range) accepted(read(caller.coordinator().readLocally(range)), Problems::of);
    }

    /** Executes a command. */
    StoreResponse execute(StoreCommand command) {
        return execute(command, Problems::of);
    }

    /** @param problems the problem to throw if the store refuses the command */
    StoreResponse execute(StoreCommand command, Function<StoreRefusal, ProblemException> problems) {
        return accepted(change(caller.coordinator().execute(command)), problems);
    }

    StoreResponse.Txn execute(StoreCommand.Txn command) {
        return (StoreResponse.Txn) execute((StoreCommand) command);
    }

    private StoreResponse accepted(StoreResponse response, Function<StoreRefusal, ProblemException> problems) {
        if (response instanceof StoreResponse.Refused(long _, StoreRefusal refusal)) {
            throw refusal instanceof StoreRefusal.Auth(AuthRefusal auth)
                    ? Problems.of(auth, current)
                    : problems.apply(refusal);
        }
        return response;
    }

    private <T> T resultOf(CompletableFuture<Reply<T>> future, Supplier<ProblemException> withoutAnswer) {
        try {
            Reply<T> reply = future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            Position.of(caller.coordinator()).writeTo(current);
            return switch (reply) {
                case Reply.Completed<T> completed -> completed.result();
                case Reply.Refused<T> refused -> throw Problems.of(refused.refusal());
                case Reply.RetryLater<T> later -> {
                    long seconds = Math.max(1, later.delay().plusMillis(999).toSeconds());
                    current.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                    throw Problems.notApplied("The leader can serve the request in %d s.".formatted(seconds));
                }
                case Reply.Unknown<T> _ -> throw withoutAnswer.get();
            };
        } catch (TimeoutException e) {
            throw withoutAnswer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotPermittedException refused) {
                throw Problems.of(refused.refusal(), current);
            }
            // the member stops, perhaps after it has sent the request on
            throw withoutAnswer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw withoutAnswer.get();
        }
    }
}
