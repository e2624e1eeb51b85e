package io.orderly.coordinator.rest;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.store.AuthRefusal;
import io.orderly.kit.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Calls of the gRPC services within the process, whose failures become problems. */
final class ServiceCalls {

    private static final String LEASE_NOT_FOUND = "requested lease not found";
    private static final String SESSION_EXPIRED = "session is expired";

    private static final Map<String, AuthRefusal> REFUSALS = Map.of(
            "user name is empty", AuthRefusal.USER_EMPTY,
            "invalid auth token", AuthRefusal.INVALID_TOKEN,
            "permission denied", AuthRefusal.PERMISSION_DENIED);

    private final Coordinator coordinator;
    private final HttpServletResponse current;

    /** @param current the response of the current request, at each call */
    ServiceCalls(Coordinator coordinator, HttpServletResponse current) {
        this.coordinator = coordinator;
        this.current = current;
    }

    /**
     * @param call of a blocking stub with a deadline
     * @param atDeadline the problem to throw if the deadline passes
     */
    <T> T call(Supplier<T> call, Supplier<ProblemException> atDeadline) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw problemOf(e.getStatus(), atDeadline);
        } finally {
            Position.of(coordinator).writeTo(current);
        }
    }

    /** @param failure with a text of etcd; where its locks and elections fail, etcd has no better code than unknown */
    private ProblemException problemOf(Status failure, Supplier<ProblemException> atDeadline) {
        String detail = Objects.requireNonNullElse(failure.getDescription(), "");
        for (Map.Entry<String, AuthRefusal> refusal : REFUSALS.entrySet()) {
            if (detail.endsWith(refusal.getKey())) {
                return Problems.of(refusal.getValue(), current);
            }
        }
        if (detail.endsWith(LEASE_NOT_FOUND) || detail.endsWith(SESSION_EXPIRED)) {
            return ProblemException.unprocessable("lease", "does not exist");
        }
        return switch (failure.getCode()) {
            case DEADLINE_EXCEEDED -> atDeadline.get();
            case INVALID_ARGUMENT, OUT_OF_RANGE, ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED ->
                ProblemException.conflict("The request is refused: " + detail + ".");
            case RESOURCE_EXHAUSTED -> new ProblemException(Problems.STORE_FULL, "There is no space: " + detail + ".");
            default -> Problems.outcomeUnknown();
        };
    }
}
