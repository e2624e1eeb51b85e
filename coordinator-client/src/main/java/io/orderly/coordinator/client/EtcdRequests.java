package io.orderly.coordinator.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.orderly.coordinator.api.etcd.DeleteRangeRequest;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RequestOp;
import io.orderly.coordinator.api.etcd.TxnRequest;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Compare;
import io.orderly.coordinator.store.KeyRange;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.RangeOptions;
import io.orderly.coordinator.store.Sort;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.watch.WatchRequest;

/** Writes the store's requests as etcd's messages. */
final class EtcdRequests {

    /** As a key: the lowest one. As the end of a range: there is no end. */
    private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

    private EtcdRequests() {}

    static TxnRequest txn(StoreCommand.Txn txn) {
        TxnRequest.Builder message = TxnRequest.newBuilder();
        txn.compares().forEach(compare -> message.addCompare(compare(compare)));
        txn.then().forEach(operation -> message.addSuccess(operation(operation)));
        txn.otherwise().forEach(operation -> message.addFailure(operation(operation)));
        return message.build();
    }

    /** @param serializable whether the member answers from its own state, which may lag behind */
    static RangeRequest range(Operation.Range range, boolean serializable) {
        RangeOptions options = range.options();
        return RangeRequest.newBuilder()
                .setKey(first(range.keys()))
                .setRangeEnd(end(range.keys()))
                .setSerializable(serializable)
                .setRevision(options.revision())
                .setLimit(options.limit())
                .setSortOrder(
                        options.sort().descending() ? RangeRequest.SortOrder.DESCEND : RangeRequest.SortOrder.ASCEND)
                .setSortTarget(target(options.sort().field()))
                .setKeysOnly(options.detail() == RangeOptions.Detail.KEYS)
                .setCountOnly(options.detail() == RangeOptions.Detail.COUNT)
                .setMinModRevision(options.modRevisions().min())
                .setMaxModRevision(options.modRevisions().max())
                .setMinCreateRevision(options.createRevisions().min())
                .setMaxCreateRevision(options.createRevisions().max())
                .build();
    }

    static WatchCreateRequest watch(WatchRequest watch) {
        WatchCreateRequest.Builder message = WatchCreateRequest.newBuilder()
                .setKey(first(watch.keys()))
                .setRangeEnd(end(watch.keys()))
                .setStartRevision(watch.startRevision())
                .setProgressNotify(watch.progress())
                .setPrevKv(watch.previous())
                .setFragment(watch.fragments());
        if (!watch.puts()) {
            message.addFilters(WatchCreateRequest.FilterType.NOPUT);
        }
        if (!watch.deletes()) {
            message.addFilters(WatchCreateRequest.FilterType.NODELETE);
        }
        return message.build();
    }

    static ByteString bytes(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.toByteArray());
    }

    private static RequestOp operation(Operation operation) {
        RequestOp.Builder message = RequestOp.newBuilder();
        switch (operation) {
            case Operation.Range range -> message.setRequestRange(range(range, false));
            case StoreCommand.Put put ->
                message.setRequestPut(PutRequest.newBuilder()
                        .setKey(bytes(put.key()))
                        .setValue(bytes(put.value()))
                        .setLease(put.lease())
                        .setIgnoreValue(put.ignoreValue())
                        .setIgnoreLease(put.ignoreLease())
                        .setPrevKv(put.returnPrevious()));
            case StoreCommand.DeleteRange delete ->
                message.setRequestDeleteRange(DeleteRangeRequest.newBuilder()
                        .setKey(first(delete.keys()))
                        .setRangeEnd(end(delete.keys()))
                        .setPrevKv(delete.returnPrevious()));
            case StoreCommand.Txn txn -> message.setRequestTxn(txn(txn));
        }
        return message.build();
    }

    private static io.orderly.coordinator.api.etcd.Compare compare(Compare compare) {
        io.orderly.coordinator.api.etcd.Compare.Builder message = io.orderly.coordinator.api.etcd.Compare.newBuilder()
                .setKey(first(compare.keys()))
                .setRangeEnd(end(compare.keys()))
                .setResult(
                        switch (compare.relation()) {
                            case EQUAL -> io.orderly.coordinator.api.etcd.Compare.CompareResult.EQUAL;
                            case NOT_EQUAL -> io.orderly.coordinator.api.etcd.Compare.CompareResult.NOT_EQUAL;
                            case GREATER -> io.orderly.coordinator.api.etcd.Compare.CompareResult.GREATER;
                            case LESS -> io.orderly.coordinator.api.etcd.Compare.CompareResult.LESS;
                        });
        switch (compare.operand()) {
            case Compare.Operand.Version(long version) ->
                message.setTarget(io.orderly.coordinator.api.etcd.Compare.CompareTarget.VERSION)
                        .setVersion(version);
            case Compare.Operand.CreateRevision(long revision) ->
                message.setTarget(io.orderly.coordinator.api.etcd.Compare.CompareTarget.CREATE)
                        .setCreateRevision(revision);
            case Compare.Operand.ModRevision(long revision) ->
                message.setTarget(io.orderly.coordinator.api.etcd.Compare.CompareTarget.MOD)
                        .setModRevision(revision);
            case Compare.Operand.Value(Bytes value) ->
                message.setTarget(io.orderly.coordinator.api.etcd.Compare.CompareTarget.VALUE)
                        .setValue(bytes(value));
            case Compare.Operand.Lease(long id) ->
                message.setTarget(io.orderly.coordinator.api.etcd.Compare.CompareTarget.LEASE)
                        .setLease(id);
        }
        return message.build();
    }

    private static RangeRequest.SortTarget target(Sort.Field field) {
        return switch (field) {
            case KEY -> RangeRequest.SortTarget.KEY;
            case VERSION -> RangeRequest.SortTarget.VERSION;
            case CREATE_REVISION -> RangeRequest.SortTarget.CREATE;
            case MOD_REVISION -> RangeRequest.SortTarget.MOD;
            case VALUE -> RangeRequest.SortTarget.VALUE;
        };
    }

    private static ByteString first(KeyRange keys) {
        return keys.first().isEmpty() ? ZERO : bytes(keys.first());
    }

    private static ByteString end(KeyRange keys) {
        if (keys.isSingle()) {
            return ByteString.EMPTY;
        }
        return keys.end() == null ? ZERO : bytes(keys.end());
    }
}
