package io.orderly.coordinator.etcd;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.AlarmRequest;
import io.orderly.coordinator.api.etcd.AlarmResponse;
import io.orderly.coordinator.api.etcd.DefragmentRequest;
import io.orderly.coordinator.api.etcd.DefragmentResponse;
import io.orderly.coordinator.api.etcd.DowngradeRequest;
import io.orderly.coordinator.api.etcd.DowngradeResponse;
import io.orderly.coordinator.api.etcd.HashKVRequest;
import io.orderly.coordinator.api.etcd.HashKVResponse;
import io.orderly.coordinator.api.etcd.HashRequest;
import io.orderly.coordinator.api.etcd.HashResponse;
import io.orderly.coordinator.api.etcd.MaintenanceGrpc;
import io.orderly.coordinator.api.etcd.MoveLeaderRequest;
import io.orderly.coordinator.api.etcd.MoveLeaderResponse;
import io.orderly.coordinator.api.etcd.SnapshotRequest;
import io.orderly.coordinator.api.etcd.SnapshotResponse;
import io.orderly.coordinator.api.etcd.StatusRequest;
import io.orderly.coordinator.api.etcd.StatusResponse;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Status;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.StoreView;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Status, hashes, backups and transfers of leadership. */
final class MaintenanceService extends MaintenanceGrpc.MaintenanceImplBase {

    private static final Logger log = LoggerFactory.getLogger(MaintenanceService.class);
    private static final Pattern VERSION = Pattern.compile("v?\\d+\\.\\d+(\\.\\d+)?");

    private final Coordinator coordinator;
    private final Callers callers;
    private final Headers headers;
    private final Alarms alarms;
    private final Executor longReads;

    MaintenanceService(Coordinator coordinator, Callers callers, Headers headers, Executor longReads) {
        this.coordinator = coordinator;
        this.callers = callers;
        this.headers = headers;
        this.longReads = longReads;
        alarms = new Alarms(coordinator);
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> observer) {
        answerFromLocalView(observer, this::status);
    }

    private StatusResponse status(StoreView view) {
        Status status = coordinator.status();
        NodeId leader = status.leader();
        StatusResponse.Builder message = StatusResponse.newBuilder()
                .setHeader(headers.now())
                .setVersion(ApiVersion.SERVER)
                .setDbSize(view.sizeInBytes())
                .setDbSizeInUse(view.sizeInBytes())
                .setRaftIndex(status.commit())
                .setRaftAppliedIndex(status.applied())
                .setRaftTerm(status.promised().round())
                .setIsLearner(status.membership().isLearner(coordinator.self()));
        if (leader == null) {
            message.addErrors(EtcdError.NO_LEADER.text());
        } else {
            message.setLeader(leader.value());
        }
        alarms.of(view).forEach(alarm -> message.addErrors(Alarms.text(alarm)));
        return message.build();
    }

    @Override
    public void alarm(AlarmRequest request, StreamObserver<AlarmResponse> observer) {
        answerFromLocalView(
                observer,
                view -> AlarmResponse.newBuilder().addAllAlarms(alarms.of(view)).build());
    }

    @Override
    public void defragment(DefragmentRequest request, StreamObserver<DefragmentResponse> observer) {
        log.info(
                "Defragmentation was requested. There is nothing to do: compacted versions are freed in memory, and log segments"
                        + " below the last snapshot are deleted");
        complete(observer, DefragmentResponse.getDefaultInstance());
    }

    @Override
    public void hash(HashRequest request, StreamObserver<HashResponse> observer) {
        UnaryAnswer.of(
                ofAdministrator(GuardedCoordinator::localView),
                observer,
                view -> HashResponse.newBuilder()
                        .setHeader(headers.at(view.revision()))
                        .setHash(Long.hashCode(view.hash()))
                        .build());
    }

    @Override
    public void hashKV(HashKVRequest request, StreamObserver<HashKVResponse> observer) {
        UnaryAnswer.of(
                ofAdministrator(GuardedCoordinator::localView)
                        .thenApplyAsync(view -> hash(view, Math.max(0, request.getRevision())), longReads),
                observer,
                Function.identity());
    }

    private HashKVResponse hash(StoreView view, long revision) {
        if (revision > view.revision()) {
            throw EtcdError.FUTURE_REVISION.exception();
        }
        long at = revision == 0 ? view.revision() : revision;
        if (at < view.compactedRevision()) {
            throw EtcdError.COMPACTED.exception();
        }
        return HashKVResponse.newBuilder()
                .setHeader(headers.at(view.revision()))
                .setHash(KeyHash.of(view.keyValues(at)))
                .setCompactRevision(view.compactedRevision())
                .setHashRevision(at)
                .build();
    }

    @Override
    public void snapshot(SnapshotRequest request, StreamObserver<SnapshotResponse> observer) {
        var call = (ServerCallStreamObserver<SnapshotResponse>) observer;
        var stream = new BackupStream(coordinator.clusterId(), call, longReads);
        ofAdministrator(GuardedCoordinator::view).whenComplete(stream::begin);
    }

    @Override
    public void moveLeader(MoveLeaderRequest request, StreamObserver<MoveLeaderResponse> observer) {
        Status status = coordinator.status();
        boolean isVoter =
                status.membership().voters().stream().anyMatch(voter -> voter.value() == request.getTargetID());
        if (!coordinator.self().equals(status.leader())) {
            observer.onError(EtcdError.NOT_LEADER.exception());
        } else if (!isVoter) {
            observer.onError(EtcdError.BAD_TRANSFEREE.exception());
        } else if (request.getTargetID() == coordinator.self().value()) {
            complete(observer, moved());
        } else {
            UnaryAnswer.ofReply(
                    coordinator.transferLeadership(new NodeId((int) request.getTargetID())), observer, _ -> moved());
        }
    }

    private MoveLeaderResponse moved() {
        return MoveLeaderResponse.getDefaultInstance();
    }

    /** No earlier version could read the data of this one. */
    @Override
    public void downgrade(DowngradeRequest request, StreamObserver<DowngradeResponse> observer) {
        EtcdError error = switch (request.getAction()) {
            case VALIDATE, ENABLE ->
                VERSION.matcher(request.getVersion()).matches()
                        ? EtcdError.INVALID_DOWNGRADE_VERSION
                        : EtcdError.BAD_DOWNGRADE_VERSION;
            case CANCEL, UNRECOGNIZED -> EtcdError.NO_DOWNGRADE;
        };
        observer.onError(error.exception());
    }

    /** A view, if the rights in it let the caller see it. */
    private CompletableFuture<StoreView> ofAdministrator(
            Function<GuardedCoordinator, CompletableFuture<Reply<StoreView>>> request) {
        GuardedCoordinator guarded = callers.current();
        return request.apply(guarded).thenApply(reply -> {
            StoreView view = Refusals.resultOf(reply);
            guarded.requireAdministrator(view.auth());
            return view;
        });
    }

    private <M> void answerFromLocalView(StreamObserver<M> observer, Function<StoreView, M> conversion) {
        UnaryAnswer.ofReply(coordinator.localView(), observer, conversion);
    }

    private static <M> void complete(StreamObserver<M> observer, M message) {
        UnaryAnswer.of(CompletableFuture.completedFuture(message), observer, Function.identity());
    }
}
