package io.orderly.lab.torture.coordinator;

import com.google.protobuf.ByteString;
import io.orderly.coordinator.api.etcd.Compare;
import io.orderly.coordinator.api.etcd.DeleteRangeRequest;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.KeyValue;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RequestOp;
import io.orderly.coordinator.api.etcd.ResponseOp;
import io.orderly.coordinator.api.etcd.TxnRequest;
import io.orderly.coordinator.simulation.history.TxnCommand;
import io.orderly.coordinator.simulation.history.TxnCommand.Condition;
import io.orderly.coordinator.simulation.history.TxnCommand.Step;
import java.util.ArrayList;
import java.util.List;

/** Sends the commands of the specification as requests of the etcd API, and converts the responses to results of the specification. */
final class TxnRequests {

    /** The prefix of all keys of groups. */
    static final String PREFIX = "torture/";

    private TxnRequests() {}

    /**
     * @param result the result, as defined by the command's specification
     * @param revision in the header of the response
     */
    record Response(List<Long> result, long revision) {}

    /** @throws io.grpc.StatusRuntimeException if it is refused, or its outcome is unknown */
    static Response send(KVGrpc.KVBlockingStub stub, int group, TxnCommand command) {
        if (!command.conditions().isEmpty() || command.then().size() != 1) {
            return transaction(stub, group, command);
        }
        return switch (command.then().getFirst()) {
            case Step.Put(int key, long value) -> {
                var response = stub.put(put(group, key, value));
                yield new Response(List.of(1L), response.getHeader().getRevision());
            }
            case Step.Delete(int key) -> {
                var response = stub.deleteRange(delete(group, key));
                yield new Response(
                        List.of(1L, response.getDeleted()), response.getHeader().getRevision());
            }
            case Step.Read _ -> {
                var response = stub.range(read(group));
                List<Long> result = new ArrayList<>(List.of(1L));
                result.addAll(state(group, response.getKvsList()));
                yield new Response(result, response.getHeader().getRevision());
            }
        };
    }

    private static Response transaction(KVGrpc.KVBlockingStub stub, int group, TxnCommand command) {
        TxnRequest.Builder request = TxnRequest.newBuilder();
        command.conditions().forEach(condition -> request.addCompare(compare(group, condition)));
        command.then().forEach(step -> request.addSuccess(operation(group, step)));
        command.otherwise().forEach(step -> request.addFailure(operation(group, step)));
        var response = stub.txn(request.build());
        List<Long> result = new ArrayList<>(List.of(response.getSucceeded() ? 1L : 0L));
        for (ResponseOp one : response.getResponsesList()) {
            switch (one.getResponseCase()) {
                case RESPONSE_RANGE ->
                    result.addAll(state(group, one.getResponseRange().getKvsList()));
                case RESPONSE_DELETE_RANGE ->
                    result.add(one.getResponseDeleteRange().getDeleted());
                default -> {
                    // a write has no result
                }
            }
        }
        return new Response(result, response.getHeader().getRevision());
    }

    /** The name of a key, from 0, of a group. */
    static String key(int group, int key) {
        return "%s%06d/%d".formatted(PREFIX, group, key);
    }

    private static ByteString bytes(int group, int key) {
        return ByteString.copyFromUtf8(key(group, key));
    }

    private static Compare compare(int group, Condition condition) {
        Compare.Builder compare =
                Compare.newBuilder().setKey(bytes(group, condition.key())).setResult(Compare.CompareResult.EQUAL);
        return condition.value() == 0
                ? compare.setTarget(Compare.CompareTarget.VERSION).setVersion(0).build()
                : compare.setTarget(Compare.CompareTarget.VALUE)
                        .setValue(value(condition.value()))
                        .build();
    }

    private static RequestOp operation(int group, Step step) {
        RequestOp.Builder operation = RequestOp.newBuilder();
        return switch (step) {
            case Step.Put(int key, long value) ->
                operation.setRequestPut(put(group, key, value)).build();
            case Step.Delete(int key) ->
                operation.setRequestDeleteRange(delete(group, key)).build();
            case Step.Read _ -> operation.setRequestRange(read(group)).build();
        };
    }

    private static PutRequest put(int group, int key, long value) {
        return PutRequest.newBuilder()
                .setKey(bytes(group, key))
                .setValue(value(value))
                .build();
    }

    private static DeleteRangeRequest delete(int group, int key) {
        return DeleteRangeRequest.newBuilder().setKey(bytes(group, key)).build();
    }

    private static RangeRequest read(int group) {
        return RangeRequest.newBuilder()
                .setKey(bytes(group, 0))
                .setRangeEnd(bytes(group, KeyGroups.SIZE))
                .build();
    }

    private static ByteString value(long value) {
        return ByteString.copyFromUtf8(Long.toString(value));
    }

    private static List<Long> state(int group, List<KeyValue> found) {
        List<Long> state = new ArrayList<>();
        for (int key = 0; key < KeyGroups.SIZE; key++) {
            ByteString name = bytes(group, key);
            KeyValue one = found.stream()
                    .filter(each -> each.getKey().equals(name))
                    .findFirst()
                    .orElse(KeyValue.getDefaultInstance());
            state.add(one.getVersion() == 0 ? 0L : Long.parseLong(one.getValue().toStringUtf8()));
            state.add(one.getVersion());
        }
        return state;
    }
}
