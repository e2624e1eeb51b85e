package io.orderly.coordinator.etcd;

import com.google.protobuf.MessageLite;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.CompactionRequest;
import io.orderly.coordinator.api.etcd.CompactionResponse;
import io.orderly.coordinator.api.etcd.DeleteRangeRequest;
import io.orderly.coordinator.api.etcd.DeleteRangeResponse;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.PutResponse;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RangeResponse;
import io.orderly.coordinator.api.etcd.TxnRequest;
import io.orderly.coordinator.api.etcd.TxnResponse;
import io.orderly.coordinator.member.GuardedCoordinator;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads, writes, transactions and compaction. */
final class KvService extends KVGrpc.KVImplBase {

    /** etcd's limit; the transport accepts somewhat larger messages, so that the response has etcd's text. */
    static final int MAX_REQUEST_BYTES = 3 << 19;

    private final Callers callers;
    private final Headers headers;
    private final Executor longReads;

    KvService(Callers callers, Headers headers, Executor longReads) {
        this.callers = callers;
        this.headers = headers;
        this.longReads = longReads;
    }

    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> observer) {
        answer(
                () -> {
                    Operation.Range range = RangeRequests.read(request);
                    GuardedCoordinator coordinator = callers.current();
                    return request.getSerializable() ? coordinator.readLocally(range) : coordinator.read(range);
                },
                observer,
                response -> StoreResponses.range((StoreResponse.Range) response, headers.at(response.revision())));
    }

    @Override
    public void put(PutRequest request, StreamObserver<PutResponse> observer) {
        execute(
                request,
                () -> WriteRequests.put(request),
                observer,
                response -> StoreResponses.put((StoreResponse.Put) response, headers.at(response.revision())));
    }

    @Override
    public void deleteRange(DeleteRangeRequest request, StreamObserver<DeleteRangeResponse> observer) {
        answer(
                () -> new LargeDeletes(callers.current(), longReads).delete(WriteRequests.deleteRange(request)),
                observer,
                response -> StoreResponses.deleteRange(
                        (StoreResponse.DeleteRange) response, headers.at(response.revision())));
    }

    @Override
    public void txn(TxnRequest request, StreamObserver<TxnResponse> observer) {
        execute(
                request,
                () -> WriteRequests.txn(request),
                observer,
                response -> StoreResponses.txn((StoreResponse.Txn) response, headers.at(response.revision())));
    }

    @Override
    public void compact(CompactionRequest request, StreamObserver<CompactionResponse> observer) {
        answer(
                () -> {
                    var compactions = new Compactions(callers.current());
                    return request.getPhysical()
                            ? compactions.compactPhysically(request.getRevision())
                            : compactions.compact(request.getRevision());
                },
                observer,
                response -> CompactionResponse.newBuilder()
                        .setHeader(headers.at(response.revision()))
                        .build());
    }

    private <M> void execute(
            MessageLite request,
            Supplier<StoreCommand> command,
            StreamObserver<M> observer,
            Function<StoreResponse, M> conversion) {
        answer(
                () -> {
                    StoreCommand valid = command.get();
                    if (request.getSerializedSize() > MAX_REQUEST_BYTES) {
                        throw EtcdError.REQUEST_TOO_LARGE.exception();
                    }
                    return callers.current().execute(valid);
                },
                observer,
                conversion);
    }

    private static <M> void answer(
            Supplier<CompletableFuture<Reply<StoreResponse>>> call,
            StreamObserver<M> observer,
            Function<StoreResponse, M> conversion) {
        CompletableFuture<Reply<StoreResponse>> reply;
        try {
            reply = call.get();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
            return;
        }
        UnaryAnswer.ofReply(reply, observer, response -> conversion.apply(Refusals.accepted(response)));
    }
}
