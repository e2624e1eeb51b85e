package io.orderly.coordinator.etcd;

import io.grpc.StatusRuntimeException;
import io.orderly.coordinator.api.etcd.Compare;
import io.orderly.coordinator.api.etcd.DeleteRangeRequest;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.RequestOp;
import io.orderly.coordinator.api.etcd.TxnRequest;
import io.orderly.coordinator.store.Compare.Operand;
import io.orderly.coordinator.store.Compare.Relation;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * Write requests as commands of the store. Requests that the store would refuse in any state are refused here, without an entry in the log.
 * Each method throws a {@link StatusRuntimeException} if the request is invalid.
 */
final class WriteRequests {

    /** The limit of one list of a transaction. For nested transactions, the longest list around them reduces it. */
    private static final int MAX_OPERATIONS = 128;

    private WriteRequests() {}

    static StoreCommand.Put put(PutRequest request) {
        if (request.getKey().isEmpty()) {
            throw EtcdError.EMPTY_KEY.exception();
        }
        if (request.getIgnoreValue() && !request.getValue().isEmpty()) {
            throw EtcdError.VALUE_PROVIDED.exception();
        }
        if (request.getIgnoreLease() && request.getLease() != 0) {
            throw EtcdError.LEASE_PROVIDED.exception();
        }
        return new StoreCommand.Put(
                ByteStrings.bytes(request.getKey()),
                ByteStrings.bytes(request.getValue()),
                request.getLease(),
                request.getIgnoreValue(),
                request.getIgnoreLease(),
                request.getPrevKv());
    }

    static StoreCommand.DeleteRange deleteRange(DeleteRangeRequest request) {
        if (request.getKey().isEmpty()) {
            throw EtcdError.EMPTY_KEY.exception();
        }
        return new StoreCommand.DeleteRange(
                ByteStrings.keyRange(request.getKey(), request.getRangeEnd()), request.getPrevKv());
    }

    static StoreCommand.Txn txn(TxnRequest request) {
        return txn(request, MAX_OPERATIONS);
    }

    private static StoreCommand.Txn txn(TxnRequest request, int maxOperations) {
        int longest =
                Math.max(request.getCompareCount(), Math.max(request.getSuccessCount(), request.getFailureCount()));
        if (longest > maxOperations) {
            throw EtcdError.TOO_MANY_OPERATIONS.exception();
        }
        return new StoreCommand.Txn(
                request.getCompareList().stream().map(WriteRequests::compare).toList(),
                operations(request.getSuccessList(), maxOperations - longest),
                operations(request.getFailureList(), maxOperations - longest));
    }

    private static List<Operation> operations(List<RequestOp> requests, int maxNested) {
        List<Operation> operations = new ArrayList<>(requests.size());
        for (RequestOp request : requests) {
            operations.add(
                    switch (request.getRequestCase()) {
                        case REQUEST_RANGE -> RangeRequests.read(request.getRequestRange());
                        case REQUEST_PUT -> put(request.getRequestPut());
                        case REQUEST_DELETE_RANGE -> deleteRange(request.getRequestDeleteRange());
                        case REQUEST_TXN -> txn(request.getRequestTxn(), maxNested);
                        case REQUEST_NOT_SET -> throw EtcdError.KEY_NOT_FOUND.exception();
                    });
        }
        return operations;
    }

    private static io.orderly.coordinator.store.Compare compare(Compare request) {
        if (request.getKey().isEmpty()) {
            throw EtcdError.EMPTY_KEY.exception();
        }
        return new io.orderly.coordinator.store.Compare(
                ByteStrings.keyRange(request.getKey(), request.getRangeEnd()), relation(request), operand(request));
    }

    private static Relation relation(Compare request) {
        return switch (request.getResult()) {
            case EQUAL -> Relation.EQUAL;
            case GREATER -> Relation.GREATER;
            case LESS -> Relation.LESS;
            case NOT_EQUAL -> Relation.NOT_EQUAL;
            case UNRECOGNIZED -> throw unknown("comparison", request.getResultValue());
        };
    }

    private static Operand operand(Compare request) {
        return switch (request.getTarget()) {
            case VERSION -> new Operand.Version(request.getVersion());
            case CREATE -> new Operand.CreateRevision(request.getCreateRevision());
            case MOD -> new Operand.ModRevision(request.getModRevision());
            case VALUE -> new Operand.Value(ByteStrings.bytes(request.getValue()));
            case LEASE -> new Operand.Lease(request.getLease());
            case UNRECOGNIZED -> throw unknown("target of a comparison", request.getTargetValue());
        };
    }

    private static StatusRuntimeException unknown(String what, int number) {
        return Refusals.invalid("unknown %s: %d".formatted(what, number)).asRuntimeException();
    }
}
