package io.orderly.coordinator.etcd;

import io.grpc.Status;
import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.AuthRefusal;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The gRPC status of each refusal: that of etcd if etcd has the case, otherwise a text that names the limit. */
final class Refusals {

    private Refusals() {}

    static Status statusOf(StoreRefusal refusal) {
        return switch (refusal) {
            case StoreRefusal.Compacted _ -> EtcdError.COMPACTED.status();
            case StoreRefusal.FutureRevision _ -> EtcdError.FUTURE_REVISION.status();
            case StoreRefusal.EmptyKey _ -> EtcdError.EMPTY_KEY.status();
            case StoreRefusal.DuplicateKey _ -> EtcdError.DUPLICATE_KEY.status();
            case StoreRefusal.KeyNotFound _ -> EtcdError.KEY_NOT_FOUND.status();
            case StoreRefusal.ValueOrLeaseGiven _ -> EtcdError.VALUE_PROVIDED.status();
            case StoreRefusal.TooManyOperations _ -> EtcdError.TOO_MANY_OPERATIONS.status();
            case StoreRefusal.ValueTooLarge _ -> EtcdError.REQUEST_TOO_LARGE.status();
            case StoreRefusal.StoreFull _ -> EtcdError.NO_SPACE.status();
            case StoreRefusal.LeaseNotFound _ -> EtcdError.LEASE_NOT_FOUND.status();
            case StoreRefusal.LeaseExists _ -> EtcdError.LEASE_EXISTS.status();
            case StoreRefusal.InvalidLeaseTtl _ -> EtcdError.LEASE_TTL_TOO_LARGE.status();
            case StoreRefusal.StaleLeaseClock _ -> EtcdError.LEADER_CHANGED.status();
            case StoreRefusal.KeyTooLarge(int size, int limit) ->
                invalid("key of %d bytes is larger than %d".formatted(size, limit));
            case StoreRefusal.TooManyLeases(int limit) -> exhausted("there are %d leases".formatted(limit));
            case StoreRefusal.TooManySessions(int limit) -> exhausted("there are %d sessions".formatted(limit));
            case StoreRefusal.TooMuchWork(long limit) ->
                exhausted("more than %d steps of work, split the range".formatted(limit));
            case StoreRefusal.SessionWindowFull(int limit) ->
                exhausted("%d responses of the session are not acknowledged".formatted(limit));
            case StoreRefusal.SessionNotFound(long lease) ->
                ours(Status.NOT_FOUND, "session of lease %016x not found".formatted(lease));
            case StoreRefusal.AlreadyAcknowledged(long below) ->
                ours(Status.FAILED_PRECONDITION, "responses below %d are acknowledged".formatted(below));
            case StoreRefusal.ReasonNotKept _ ->
                ours(Status.FAILED_PRECONDITION, "refused before, for a reason that was not kept");
            case StoreRefusal.Malformed(String reason) -> invalid(reason);
            case StoreRefusal.Auth(AuthRefusal auth) -> statusOf(auth);
        };
    }

    /** As etcd writes an error into the response of a stream: with the code, by the name that it has in Go. */
    static String textOf(AuthRefusal refusal) {
        Status status = statusOf(refusal);
        String code = Stream.of(status.getCode().name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return "rpc error: code = %s desc = %s".formatted(code, status.getDescription());
    }

    static Status statusOf(AuthRefusal refusal) {
        return switch (refusal) {
            case USER_EMPTY -> EtcdError.USER_EMPTY.status();
            case INVALID_TOKEN -> EtcdError.INVALID_AUTH_TOKEN.status();
            case PERMISSION_DENIED -> EtcdError.PERMISSION_DENIED.status();
            case ROOT_USER_MISSING -> EtcdError.ROOT_USER_MISSING.status();
            case ROOT_ROLE_MISSING -> EtcdError.ROOT_ROLE_MISSING.status();
            case USER_EXISTS -> EtcdError.USER_EXISTS.status();
            case USER_NOT_FOUND -> EtcdError.USER_NOT_FOUND.status();
            case ROLE_EMPTY -> EtcdError.ROLE_EMPTY.status();
            case ROLE_EXISTS -> EtcdError.ROLE_EXISTS.status();
            case ROLE_NOT_FOUND -> EtcdError.ROLE_NOT_FOUND.status();
            case ROLE_NOT_GRANTED -> EtcdError.ROLE_NOT_GRANTED.status();
            case PERMISSION_NOT_GRANTED -> EtcdError.PERMISSION_NOT_GRANTED.status();
            case INVALID_MANAGEMENT -> EtcdError.INVALID_AUTH_MANAGEMENT.status();
            case TOO_LARGE -> exhausted("users and roles take more than %d bytes".formatted(AuthState.MAX_BYTES));
        };
    }

    static Status statusOf(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotLeader(var leader) ->
                (leader == null ? EtcdError.NO_LEADER : EtcdError.LEADER_CHANGED).status();
            case Refusal.Overloaded _ -> EtcdError.TOO_MANY_REQUESTS.status();
            case Refusal.DiskFull _ -> EtcdError.NO_SPACE.status();
            case Refusal.StateCorrupt _ -> EtcdError.CORRUPT.status();
            case Refusal.TooLarge _ -> EtcdError.REQUEST_TOO_LARGE.status();
            case Refusal.Transferring _ -> EtcdError.LEADER_CHANGED.status();
            case Refusal.ChangeInProgress _ ->
                ours(Status.UNAVAILABLE, "another change of the membership is in progress");
            case Refusal.NotCaughtUp _ -> EtcdError.LEARNER_NOT_READY.status();
            case Refusal.Invalid(String reason) -> ours(Status.FAILED_PRECONDITION, reason);
            case Refusal.TransferTimedOut _ -> EtcdError.TIMED_OUT.status();
        };
    }

    /**
     * @return the result
     * @throws io.grpc.StatusRuntimeException if there is none
     */
    static <R> R resultOf(Reply<R> reply) {
        if (reply instanceof Reply.Completed<R>(R result)) {
            return result;
        }
        throw failureOf(reply).asRuntimeException();
    }

    /** @param reply without a result */
    static Status failureOf(Reply<?> reply) {
        return switch (reply) {
            case Reply.Completed<?> _ -> throw new IllegalArgumentException("completed: " + reply);
            case Reply.Refused<?>(Refusal refusal) -> statusOf(refusal);
            case Reply.RetryLater<?> later ->
                ours(
                        Status.UNAVAILABLE,
                        "retry after %d ms".formatted(later.delay().toMillis()));
            case Reply.Unknown<?> _ -> EtcdError.TIMED_OUT_LEADER_FAILED.status();
        };
    }

    /**
     * @return the response, which the store did not refuse
     * @throws io.grpc.StatusRuntimeException if it did
     */
    static StoreResponse accepted(StoreResponse response) {
        if (response instanceof StoreResponse.Refused(long _, StoreRefusal refusal)) {
            throw statusOf(refusal).asRuntimeException();
        }
        return response;
    }

    /**
     * The status of an error in the lock and election services. In etcd, these services are clients of the other ones and pass on the text
     * without the code; here the code also shows that a request may be repeated.
     */
    static Status withoutCode(Status status) {
        return status.getCode() == Status.Code.UNAVAILABLE
                ? status
                : Status.UNKNOWN.withDescription(status.getDescription());
    }

    static Status invalid(String text) {
        return ours(Status.INVALID_ARGUMENT, text);
    }

    private static Status exhausted(String text) {
        return ours(Status.RESOURCE_EXHAUSTED, text);
    }

    private static Status ours(Status code, String text) {
        return code.withDescription("coordinator: " + text);
    }
}
