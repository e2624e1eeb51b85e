package io.orderly.coordinator.etcd;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseGrantResponse;
import io.orderly.coordinator.api.etcd.LeaseGrpc;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveRequest;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveResponse;
import io.orderly.coordinator.api.etcd.LeaseLeasesRequest;
import io.orderly.coordinator.api.etcd.LeaseLeasesResponse;
import io.orderly.coordinator.api.etcd.LeaseRevokeRequest;
import io.orderly.coordinator.api.etcd.LeaseRevokeResponse;
import io.orderly.coordinator.api.etcd.LeaseStatus;
import io.orderly.coordinator.api.etcd.LeaseTimeToLiveRequest;
import io.orderly.coordinator.api.etcd.LeaseTimeToLiveResponse;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.member.TimeToLive;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreView;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Leases. Times on the wire are in seconds. */
final class LeaseService extends LeaseGrpc.LeaseImplBase {

    /** etcd's; a higher one could not be counted in milliseconds. */
    private static final long MAX_TTL_SECONDS = 9_000_000_000L;

    /** etcd's with its default timeouts. A shorter lease is granted with this time. */
    private static final long MIN_TTL_SECONDS = 2;

    private final Callers callers;
    private final Headers headers;
    private final Executor longReads;

    LeaseService(Callers callers, Headers headers, Executor longReads) {
        this.callers = callers;
        this.headers = headers;
        this.longReads = longReads;
    }

    @Override
    public void leaseGrant(LeaseGrantRequest request, StreamObserver<LeaseGrantResponse> observer) {
        if (request.getTTL() > MAX_TTL_SECONDS) {
            observer.onError(EtcdError.LEASE_TTL_TOO_LARGE.exception());
            return;
        }
        long ttlMillis = TimeUnit.SECONDS.toMillis(Math.max(MIN_TTL_SECONDS, request.getTTL()));
        UnaryAnswer.ofReply(grant(callers.current(), request.getID(), ttlMillis), observer, response -> {
            var granted = (StoreResponse.LeaseGranted) Refusals.accepted(response);
            return LeaseGrantResponse.newBuilder()
                    .setHeader(headers.at(granted.revision()))
                    .setID(granted.id())
                    .setTTL(TimeUnit.MILLISECONDS.toSeconds(granted.ttlMillis()))
                    .build();
        });
    }

    /** @param id 0 for one that is chosen here */
    private static CompletableFuture<Reply<StoreResponse>> grant(Coordinator coordinator, long id, long ttlMillis) {
        if (id != 0) {
            return coordinator.execute(new StoreCommand.LeaseGrant(id, ttlMillis));
        }
        return coordinator
                .execute(new StoreCommand.LeaseGrant(randomId(), ttlMillis))
                .thenCompose(reply ->
                        isTaken(reply) ? grant(coordinator, 0, ttlMillis) : CompletableFuture.completedFuture(reply));
    }

    /** A positive id, as in etcd. */
    static long randomId() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }

    private static boolean isTaken(Reply<StoreResponse> reply) {
        return reply instanceof Reply.Completed<StoreResponse>(StoreResponse response)
                && response instanceof StoreResponse.Refused(long _, StoreRefusal refusal)
                && refusal instanceof StoreRefusal.LeaseExists;
    }

    @Override
    public void leaseRevoke(LeaseRevokeRequest request, StreamObserver<LeaseRevokeResponse> observer) {
        UnaryAnswer.ofReply(
                callers.current().execute(new StoreCommand.LeaseRevoke(request.getID())),
                observer,
                response -> LeaseRevokeResponse.newBuilder()
                        .setHeader(headers.at(Refusals.accepted(response).revision()))
                        .build());
    }

    @Override
    public StreamObserver<LeaseKeepAliveRequest> leaseKeepAlive(StreamObserver<LeaseKeepAliveResponse> observer) {
        var call = (ServerCallStreamObserver<LeaseKeepAliveResponse>) observer;
        return new KeepAliveStream(callers.current(), headers, call);
    }

    @Override
    public void leaseTimeToLive(LeaseTimeToLiveRequest request, StreamObserver<LeaseTimeToLiveResponse> observer) {
        UnaryAnswer.ofReply(
                callers.current().timeToLive(request.getID(), request.getKeys()),
                observer,
                lease -> timeToLive(request.getID(), lease));
    }

    private LeaseTimeToLiveResponse timeToLive(long id, Optional<TimeToLive> lease) {
        LeaseTimeToLiveResponse.Builder message =
                LeaseTimeToLiveResponse.newBuilder().setHeader(headers.now()).setID(id);
        if (lease.isEmpty()) {
            return message.setTTL(-1).build();
        }
        TimeToLive found = lease.get();
        found.keys().forEach(key -> message.addKeys(ByteStrings.byteString(key)));
        return message.setTTL(TimeUnit.MILLISECONDS.toSeconds(found.remainingMillis()))
                .setGrantedTTL(TimeUnit.MILLISECONDS.toSeconds(found.ttlMillis()))
                .build();
    }

    @Override
    public void leaseLeases(LeaseLeasesRequest request, StreamObserver<LeaseLeasesResponse> observer) {
        GuardedCoordinator coordinator = callers.current();
        UnaryAnswer.of(coordinator.view().thenApplyAsync(Refusals::resultOf, longReads), observer, view -> {
            coordinator.requireUser();
            return leases(view);
        });
    }

    private LeaseLeasesResponse leases(StoreView view) {
        LeaseLeasesResponse.Builder message = LeaseLeasesResponse.newBuilder().setHeader(headers.at(view.revision()));
        view.leases()
                .forEachRemaining(
                        lease -> message.addLeases(LeaseStatus.newBuilder().setID(lease.id())));
        return message.build();
    }
}
