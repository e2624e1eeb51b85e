package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static io.orderly.coordinator.etcd.EtcdApi.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status.Code;
import io.orderly.coordinator.api.etcd.Compare;
import io.orderly.coordinator.api.etcd.Compare.CompareResult;
import io.orderly.coordinator.api.etcd.Compare.CompareTarget;
import io.orderly.coordinator.api.etcd.DeleteRangeRequest;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RequestOp;
import io.orderly.coordinator.api.etcd.TxnRequest;
import io.orderly.coordinator.api.etcd.TxnResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TxnTest {

    private final EtcdApi api = new EtcdApi();

    @AfterEach
    void close() {
        api.close();
    }

    private static RequestOp put(String key) {
        return RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder().setKey(utf8(key)).setValue(utf8("v")))
                .build();
    }

    private static RequestOp get(String key) {
        return RequestOp.newBuilder()
                .setRequestRange(RangeRequest.newBuilder().setKey(utf8(key)))
                .build();
    }

    private static RequestOp delete(String key) {
        return RequestOp.newBuilder()
                .setRequestDeleteRange(DeleteRangeRequest.newBuilder().setKey(utf8(key)))
                .build();
    }

    private static RequestOp nested(TxnRequest.Builder txn) {
        return RequestOp.newBuilder().setRequestTxn(txn).build();
    }

    private static Compare.Builder compare(String key, CompareTarget target, CompareResult result) {
        return Compare.newBuilder().setKey(utf8(key)).setTarget(target).setResult(result);
    }

    private TxnResponse commit(TxnRequest.Builder txn) {
        return api.kv().txn(txn.build());
    }

    private boolean holds(Compare.Builder compare) {
        return commit(TxnRequest.newBuilder().addCompare(compare)).getSucceeded();
    }

    @Test
    void operationsTakeEffectTogetherAndEachHasAResponse() {
        TxnResponse response = commit(TxnRequest.newBuilder()
                .addSuccess(put("a"))
                .addSuccess(get("a"))
                .addSuccess(delete("b"))
                .addSuccess(nested(TxnRequest.newBuilder().addSuccess(put("c"))))
                .addFailure(put("z")));
        assertThat(response.getSucceeded()).isTrue();
        assertThat(response.getHeader().getRevision()).isEqualTo(2);
        assertThat(response.getResponses(0).getResponsePut().getHeader().getRevision())
                .isEqualTo(2);
        assertThat(response.getResponses(0).getResponsePut().getHeader().getClusterId())
                .isZero();
        assertThat(response.getResponses(1).getResponseRange().getKvs(0).getModRevision())
                .isEqualTo(2);
        assertThat(response.getResponses(2).getResponseDeleteRange().getDeleted())
                .isZero();
        TxnResponse inner = response.getResponses(3).getResponseTxn();
        assertThat(inner.getSucceeded()).isTrue();
        assertThat(inner.hasHeader()).isTrue();
        assertThat(inner.getHeader().getRevision()).isZero();
    }

    @Test
    void eachFieldCanBeCompared() {
        long lease = api.grant(60);
        api.put("a", "1", lease);
        api.put("a", "2", lease);
        assertThat(holds(
                        compare("a", CompareTarget.VERSION, CompareResult.EQUAL).setVersion(2)))
                .isTrue();
        assertThat(holds(compare("a", CompareTarget.CREATE, CompareResult.LESS).setCreateRevision(3)))
                .isTrue();
        assertThat(holds(compare("a", CompareTarget.MOD, CompareResult.GREATER).setModRevision(2)))
                .isTrue();
        assertThat(holds(compare("a", CompareTarget.VALUE, CompareResult.NOT_EQUAL)
                        .setValue(utf8("2"))))
                .isFalse();
        assertThat(holds(compare("a", CompareTarget.LEASE, CompareResult.EQUAL).setLease(lease)))
                .isTrue();
        assertThat(holds(compare("none", CompareTarget.VERSION, CompareResult.EQUAL)))
                .isTrue();
        assertThat(holds(compare("none", CompareTarget.VALUE, CompareResult.EQUAL)))
                .isFalse();
        ByteString zero = ByteString.copyFrom(new byte[1]);
        assertThat(holds(compare("a", CompareTarget.VERSION, CompareResult.GREATER)
                        .setVersion(1)
                        .setRangeEnd(zero)))
                .isTrue();
    }

    @Test
    void tooManyOperationsAreRefusedAlsoInNestedTransactions() {
        TxnRequest.Builder most = TxnRequest.newBuilder();
        for (int i = 0; i < 128; i++) {
            most.addSuccess(put("k" + i));
        }
        assertThat(commit(most).getResponsesCount()).isEqualTo(128);
        assertTxnFails(most.addSuccess(put("one more")), "etcdserver: too many operations in txn request");
        TxnRequest.Builder inner = TxnRequest.newBuilder();
        for (int i = 0; i < 128; i++) {
            inner.addSuccess(put("k" + i));
        }
        assertTxnFails(
                TxnRequest.newBuilder().addSuccess(nested(inner)), "etcdserver: too many operations in txn request");
    }

    @Test
    void aKeyThatIsWrittenTwiceIsRefused() {
        String text = "etcdserver: duplicate key given in txn request";
        assertTxnFails(TxnRequest.newBuilder().addSuccess(put("a")).addSuccess(put("a")), text);
        assertTxnFails(TxnRequest.newBuilder().addFailure(put("a")).addFailure(delete("a")), text);
        assertTxnFails(
                TxnRequest.newBuilder()
                        .addSuccess(put("a"))
                        .addSuccess(nested(TxnRequest.newBuilder().addFailure(put("a")))),
                text);
        assertThat(commit(TxnRequest.newBuilder().addSuccess(put("a")).addFailure(put("a")))
                        .getSucceeded())
                .isTrue();
    }

    @Test
    void invalidPartsAreRefused() {
        String noKey = "etcdserver: key is not provided";
        assertTxnFails(TxnRequest.newBuilder().addSuccess(put("")), noKey);
        assertTxnFails(TxnRequest.newBuilder().addFailure(get("")), noKey);
        assertTxnFails(TxnRequest.newBuilder().addFailure(delete("")), noKey);
        assertTxnFails(TxnRequest.newBuilder().addCompare(Compare.getDefaultInstance()), noKey);
        assertTxnFails(TxnRequest.newBuilder().addSuccess(RequestOp.getDefaultInstance()), "etcdserver: key not found");
        assertTxnFails(
                TxnRequest.newBuilder()
                        .addCompare(Compare.newBuilder().setKey(utf8("a")).setResultValue(9)),
                "coordinator: unknown comparison: 9");
        assertTxnFails(
                TxnRequest.newBuilder()
                        .addCompare(Compare.newBuilder().setKey(utf8("a")).setTargetValue(9)),
                "coordinator: unknown target of a comparison: 9");
    }

    private void assertTxnFails(TxnRequest.Builder txn, String text) {
        assertFails(() -> commit(txn), Code.INVALID_ARGUMENT, text);
    }
}
