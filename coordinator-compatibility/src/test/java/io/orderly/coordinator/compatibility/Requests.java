package io.orderly.coordinator.compatibility;

import com.google.protobuf.ByteString;
import io.orderly.coordinator.api.etcd.CompactionRequest;
import io.orderly.coordinator.api.etcd.Compare;
import io.orderly.coordinator.api.etcd.DeleteRangeRequest;
import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseRevokeRequest;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RequestOp;
import io.orderly.coordinator.api.etcd.TxnRequest;

/** Requests that many scenarios use. */
final class Requests {

    private Requests() {}

    static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    static PutRequest put(ByteString key, String value) {
        return putting(key, value).build();
    }

    static PutRequest.Builder putting(ByteString key, String value) {
        return PutRequest.newBuilder().setKey(key).setValue(bytes(value));
    }

    static RangeRequest range(ByteString key) {
        return RangeRequest.newBuilder().setKey(key).build();
    }

    /** All keys of a scenario. */
    static RangeRequest.Builder ranging(Run run) {
        return RangeRequest.newBuilder().setKey(run.key("")).setRangeEnd(run.end());
    }

    static DeleteRangeRequest delete(ByteString key) {
        return DeleteRangeRequest.newBuilder().setKey(key).build();
    }

    static CompactionRequest compact(long revision) {
        return CompactionRequest.newBuilder().setRevision(revision).build();
    }

    static RequestOp op(PutRequest put) {
        return RequestOp.newBuilder().setRequestPut(put).build();
    }

    static RequestOp op(RangeRequest range) {
        return RequestOp.newBuilder().setRequestRange(range).build();
    }

    static RequestOp op(DeleteRangeRequest delete) {
        return RequestOp.newBuilder().setRequestDeleteRange(delete).build();
    }

    static RequestOp op(TxnRequest txn) {
        return RequestOp.newBuilder().setRequestTxn(txn).build();
    }

    static TxnRequest.Builder txn() {
        return TxnRequest.newBuilder();
    }

    static Compare.Builder version(ByteString key, Compare.CompareResult result, long version) {
        return Compare.newBuilder()
                .setKey(key)
                .setTarget(Compare.CompareTarget.VERSION)
                .setResult(result)
                .setVersion(version);
    }

    /** Grants a lease whose id the client chooses, and names it. */
    static void grant(Run run, long id, String name, long seconds) {
        run.placeholders().nameLease(id, name);
        run.wire()
                .lease()
                .leaseGrant(
                        LeaseGrantRequest.newBuilder().setID(id).setTTL(seconds).build());
    }

    static LeaseRevokeRequest revoke(long id) {
        return LeaseRevokeRequest.newBuilder().setID(id).build();
    }

    /** An id that no other scenario uses. */
    static long leaseId(Run run, int number) {
        return 0x0100_0000_0000_0000L + ((long) run.name("").hashCode() & 0xffff_ffffL) * 16 + number;
    }
}
