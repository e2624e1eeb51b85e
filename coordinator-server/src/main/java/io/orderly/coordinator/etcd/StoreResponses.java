package io.orderly.coordinator.etcd;

import io.orderly.coordinator.api.etcd.DeleteRangeResponse;
import io.orderly.coordinator.api.etcd.Event;
import io.orderly.coordinator.api.etcd.KeyValue;
import io.orderly.coordinator.api.etcd.PutResponse;
import io.orderly.coordinator.api.etcd.RangeResponse;
import io.orderly.coordinator.api.etcd.ResponseHeader;
import io.orderly.coordinator.api.etcd.ResponseOp;
import io.orderly.coordinator.api.etcd.TxnResponse;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.StoreResponse;

/** Responses and events of the store as messages. */
final class StoreResponses {

    private StoreResponses() {}

    static KeyValue keyValue(io.orderly.coordinator.store.KeyValue version) {
        return KeyValue.newBuilder()
                .setKey(ByteStrings.byteString(version.key()))
                .setValue(ByteStrings.byteString(version.value()))
                .setCreateRevision(version.createRevision())
                .setModRevision(version.modRevision())
                .setVersion(version.version())
                .setLease(version.lease())
                .build();
    }

    static Event event(KeyEvent event) {
        Event.Builder message = Event.newBuilder();
        switch (event) {
            case KeyEvent.Put put -> message.setType(Event.EventType.PUT).setKv(keyValue(put.current()));
            case KeyEvent.Deleted deleted ->
                message.setType(Event.EventType.DELETE)
                        .setKv(KeyValue.newBuilder()
                                .setKey(ByteStrings.byteString(deleted.key()))
                                .setModRevision(deleted.modRevision()));
        }
        var previous = event.previous();
        return previous == null
                ? message.build()
                : message.setPrevKv(keyValue(previous)).build();
    }

    static PutResponse put(StoreResponse.Put response, ResponseHeader header) {
        PutResponse.Builder message = PutResponse.newBuilder().setHeader(header);
        var previous = response.previous();
        return previous == null
                ? message.build()
                : message.setPrevKv(keyValue(previous)).build();
    }

    static DeleteRangeResponse deleteRange(StoreResponse.DeleteRange response, ResponseHeader header) {
        DeleteRangeResponse.Builder message =
                DeleteRangeResponse.newBuilder().setHeader(header).setDeleted(response.deleted());
        response.previous().forEach(version -> message.addPrevKvs(keyValue(version)));
        return message.build();
    }

    static RangeResponse range(StoreResponse.Range response, ResponseHeader header) {
        RangeResponse.Builder message = RangeResponse.newBuilder()
                .setHeader(header)
                .setMore(response.more())
                .setCount(response.count());
        response.keyValues().forEach(version -> message.addKvs(keyValue(version)));
        return message.build();
    }

    static TxnResponse txn(StoreResponse.Txn response, ResponseHeader header) {
        TxnResponse.Builder message = TxnResponse.newBuilder().setHeader(header).setSucceeded(response.succeeded());
        response.answers().forEach(answer -> message.addResponses(operation(answer)));
        return message.build();
    }

    /** Within a transaction a header has only the revision, and that of a nested transaction is empty, as in etcd. */
    private static ResponseOp operation(StoreResponse answer) {
        ResponseHeader header =
                ResponseHeader.newBuilder().setRevision(answer.revision()).build();
        ResponseOp.Builder message = ResponseOp.newBuilder();
        return switch (answer) {
            case StoreResponse.Range range ->
                message.setResponseRange(range(range, header)).build();
            case StoreResponse.Put put ->
                message.setResponsePut(put(put, header)).build();
            case StoreResponse.DeleteRange delete ->
                message.setResponseDeleteRange(deleteRange(delete, header)).build();
            case StoreResponse.Txn txn ->
                message.setResponseTxn(txn(txn, ResponseHeader.getDefaultInstance()))
                        .build();
            case StoreResponse.LeaseGranted _,
                    StoreResponse.LeasesKeptAlive _,
                    StoreResponse.TimestampBound _,
                    StoreResponse.Done _,
                    StoreResponse.ResponseNotKept _,
                    StoreResponse.Refused _ ->
                throw new IllegalArgumentException("the response to an operation is " + answer);
        };
    }
}
