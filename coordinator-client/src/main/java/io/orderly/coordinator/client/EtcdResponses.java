package io.orderly.coordinator.client;

import com.google.protobuf.ByteString;
import io.orderly.coordinator.api.etcd.Event;
import io.orderly.coordinator.api.etcd.RangeResponse;
import io.orderly.coordinator.api.etcd.ResponseOp;
import io.orderly.coordinator.api.etcd.TxnResponse;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyEvent;
import io.orderly.coordinator.store.KeyValue;
import io.orderly.coordinator.store.StoreResponse;
import java.util.List;

/** Reads etcd's messages as the store's responses. The revision of a transaction's parts is that of the transaction. */
final class EtcdResponses {

    private EtcdResponses() {}

    static StoreResponse.Txn txn(TxnResponse message) {
        return txn(message, message.getHeader().getRevision());
    }

    static StoreResponse.Range range(RangeResponse message) {
        return range(message, message.getHeader().getRevision());
    }

    static KeyEvent event(Event message) {
        KeyValue current = keyValue(message.getKv());
        KeyValue previous = message.hasPrevKv() ? keyValue(message.getPrevKv()) : null;
        return message.getType() == Event.EventType.DELETE
                ? new KeyEvent.Deleted(current.key(), current.modRevision(), previous)
                : new KeyEvent.Put(current, previous);
    }

    private static StoreResponse.Txn txn(TxnResponse message, long revision) {
        return new StoreResponse.Txn(
                revision,
                message.getSucceeded(),
                message.getResponsesList().stream()
                        .map(one -> operation(one, revision))
                        .toList());
    }

    private static StoreResponse operation(ResponseOp message, long revision) {
        return switch (message.getResponseCase()) {
            case RESPONSE_RANGE -> range(message.getResponseRange(), revision);
            case RESPONSE_PUT ->
                new StoreResponse.Put(
                        revision,
                        message.getResponsePut().hasPrevKv()
                                ? keyValue(message.getResponsePut().getPrevKv())
                                : null);
            case RESPONSE_DELETE_RANGE ->
                new StoreResponse.DeleteRange(
                        revision,
                        message.getResponseDeleteRange().getDeleted(),
                        keyValues(message.getResponseDeleteRange().getPrevKvsList()));
            case RESPONSE_TXN -> txn(message.getResponseTxn(), revision);
            case RESPONSE_NOT_SET -> throw new IllegalStateException("a response of a transaction is empty");
        };
    }

    private static StoreResponse.Range range(RangeResponse message, long revision) {
        return new StoreResponse.Range(
                revision, keyValues(message.getKvsList()), message.getMore(), message.getCount());
    }

    private static List<KeyValue> keyValues(List<io.orderly.coordinator.api.etcd.KeyValue> messages) {
        return messages.stream().map(EtcdResponses::keyValue).toList();
    }

    private static KeyValue keyValue(io.orderly.coordinator.api.etcd.KeyValue message) {
        return new KeyValue(
                bytes(message.getKey()),
                bytes(message.getValue()),
                message.getCreateRevision(),
                message.getModRevision(),
                message.getVersion(),
                message.getLease());
    }

    private static Bytes bytes(ByteString bytes) {
        return Bytes.of(bytes.toByteArray());
    }
}
