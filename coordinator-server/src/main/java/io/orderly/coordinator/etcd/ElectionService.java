package io.orderly.coordinator.etcd;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.CampaignRequest;
import io.orderly.coordinator.api.etcd.CampaignResponse;
import io.orderly.coordinator.api.etcd.ElectionGrpc;
import io.orderly.coordinator.api.etcd.LeaderKey;
import io.orderly.coordinator.api.etcd.LeaderRequest;
import io.orderly.coordinator.api.etcd.LeaderResponse;
import io.orderly.coordinator.api.etcd.ProclaimRequest;
import io.orderly.coordinator.api.etcd.ProclaimResponse;
import io.orderly.coordinator.api.etcd.ResignRequest;
import io.orderly.coordinator.api.etcd.ResignResponse;
import io.orderly.coordinator.election.Election;
import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.RangeOptions;
import io.orderly.coordinator.store.Sort;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;

/** Elections among clients. The key of a candidate is under {@code <name>/}, and the one that was created first leads. */
final class ElectionService extends ElectionGrpc.ElectionImplBase {

    private static final RangeOptions FIRST_CREATED = RangeOptions.DEFAULTS
            .withSort(new Sort(Sort.Field.CREATE_REVISION, false))
            .withLimit(1);

    private final Callers callers;
    private final Headers headers;

    ElectionService(Callers callers, Headers headers) {
        this.callers = callers;
        this.headers = headers;
    }

    @Override
    public void campaign(CampaignRequest request, StreamObserver<CampaignResponse> observer) {
        QueueCall.begin(
                callers.current(),
                ByteStrings.queuePrefix(request.getName()),
                request.getLease(),
                ByteStrings.bytes(request.getValue()),
                observer,
                (lease, key, token) -> CampaignResponse.newBuilder()
                        .setHeader(headers.now())
                        .setLeader(LeaderKey.newBuilder()
                                .setName(request.getName())
                                .setKey(ByteStrings.byteString(key))
                                .setRev(token)
                                .setLease(lease))
                        .build());
    }

    @Override
    public void proclaim(ProclaimRequest request, StreamObserver<ProclaimResponse> observer) {
        if (!request.hasLeader()) {
            observer.onError(EtcdError.LEADER_KEY_MISSING.exception());
            return;
        }
        Bytes key = ByteStrings.bytes(request.getLeader().getKey());
        var publish = new StoreCommand.Txn(
                List.of(exists(key, request.getLeader())),
                List.of(new StoreCommand.Put(key, ByteStrings.bytes(request.getValue()), 0, false, true, false)),
                List.of());
        UnaryAnswer.ofReply(callers.current().execute(publish), observer, response -> {
            var published = (StoreResponse.Txn) Refusals.accepted(response);
            if (!published.succeeded()) {
                throw EtcdError.NOT_ELECTED.exception();
            }
            return ProclaimResponse.newBuilder()
                    .setHeader(headers.at(published.revision()))
                    .build();
        });
    }

    /** Succeeds also if the key does not exist any more. */
    @Override
    public void resign(ResignRequest request, StreamObserver<ResignResponse> observer) {
        if (!request.hasLeader()) {
            observer.onError(EtcdError.LEADER_KEY_MISSING.exception());
            return;
        }
        Bytes key = ByteStrings.bytes(request.getLeader().getKey());
        var leave = new StoreCommand.Txn(
                List.of(exists(key, request.getLeader())), List.of(StoreCommand.DeleteRange.of(key)), List.of());
        UnaryAnswer.ofReply(
                callers.current().execute(leave),
                observer,
                response -> ResignResponse.newBuilder()
                        .setHeader(headers.at(Refusals.accepted(response).revision()))
                        .build());
    }

    private static Compare exists(Bytes key, LeaderKey leader) {
        return new Compare(
                KeyRange.of(key), Compare.Relation.EQUAL, new Compare.Operand.CreateRevision(leader.getRev()));
    }

    @Override
    public void leader(LeaderRequest request, StreamObserver<LeaderResponse> observer) {
        KeyRange candidates = KeyRange.startingWith(ByteStrings.queuePrefix(request.getName()));
        UnaryAnswer.ofReply(
                callers.current().read(new Operation.Range(candidates, FIRST_CREATED)), observer, response -> {
                    var range = (StoreResponse.Range) Refusals.accepted(response);
                    if (range.keyValues().isEmpty()) {
                        throw EtcdError.NO_ELECTED_LEADER.exception();
                    }
                    return LeaderResponse.newBuilder()
                            .setHeader(headers.at(range.revision()))
                            .setKv(StoreResponses.keyValue(range.keyValues().getFirst()))
                            .build();
                });
    }

    @Override
    public void observe(LeaderRequest request, StreamObserver<LeaderResponse> observer) {
        var election = new Election(QueueSettings.DEFAULTS, ByteStrings.bytes(request.getName()));
        new ObserveCall(callers.current(), headers, election.observe(), (ServerCallStreamObserver<LeaderResponse>)
                        observer)
                .begin();
    }
}
