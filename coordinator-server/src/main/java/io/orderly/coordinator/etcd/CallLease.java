package io.orderly.coordinator.etcd;

import io.grpc.StatusRuntimeException;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The lease of a call of the lock or election service. */
final class CallLease {

    /** etcd's. */
    private static final Duration TTL = Duration.ofSeconds(60);

    private CallLease() {}

    /**
     * A new lease for a call that named none. As in etcd, only the client renews it.
     *
     * @return fails with a {@link StatusRuntimeException}
     */
    static CompletableFuture<Long> orGranted(Coordinator coordinator, long lease) {
        if (lease != 0) {
            return CompletableFuture.completedFuture(lease);
        }
        return coordinator
                .execute(new StoreCommand.LeaseGrant(LeaseService.randomId(), TTL.toMillis()))
                .thenApply(reply -> ((StoreResponse.LeaseGranted) Refusals.accepted(Refusals.resultOf(reply))).id());
    }
}
