package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Requests.bytes;
import static io.orderly.coordinator.compatibility.Requests.delete;
import static io.orderly.coordinator.compatibility.Requests.grant;
import static io.orderly.coordinator.compatibility.Requests.leaseId;
import static io.orderly.coordinator.compatibility.Requests.op;
import static io.orderly.coordinator.compatibility.Requests.put;
import static io.orderly.coordinator.compatibility.Requests.putting;
import static io.orderly.coordinator.compatibility.Requests.range;
import static io.orderly.coordinator.compatibility.Requests.ranging;
import static io.orderly.coordinator.compatibility.Requests.txn;
import static io.orderly.coordinator.compatibility.Requests.version;
import static io.orderly.coordinator.compatibility.Scenario.brief;

import com.google.protobuf.ByteString;
import io.orderly.coordinator.api.etcd.Compare;
import io.orderly.coordinator.api.etcd.Compare.CompareResult;
import io.orderly.coordinator.api.etcd.Compare.CompareTarget;
import io.orderly.coordinator.api.etcd.DeleteRangeRequest;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RequestOp;
import io.orderly.coordinator.api.etcd.TxnRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Transactions: comparisons, branches, nesting, and what is refused. */
final class TxnScenarios {

    private TxnScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("wire/txn/compare", TxnScenarios::comparisons),
                brief("wire/txn/compare-range", TxnScenarios::comparisonsOfRanges),
                brief("wire/txn/branches", TxnScenarios::branches),
                brief("wire/txn/nested", TxnScenarios::nested),
                brief("wire/txn/duplicates", TxnScenarios::duplicates),
                brief("wire/txn/limits", TxnScenarios::limits),
                brief("wire/txn/refused", TxnScenarios::refused));
    }

    private static void comparisons(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        long lease = leaseId(run, 1);
        grant(run, lease, "lease", 6_000);
        long created = kv.put(put(run.key("a"), "1")).getHeader().getRevision();
        kv.put(putting(run.key("a"), "2").setLease(lease).build());
        for (CompareResult result :
                List.of(CompareResult.EQUAL, CompareResult.GREATER, CompareResult.LESS, CompareResult.NOT_EQUAL)) {
            for (int delta = -1; delta <= 1; delta++) {
                int difference = delta;
                String step = result + " " + delta;
                compare(
                        run,
                        "version " + step,
                        result,
                        it -> it.setTarget(CompareTarget.VERSION).setVersion(2 + difference));
                compare(
                        run,
                        "create " + step,
                        result,
                        it -> it.setTarget(CompareTarget.CREATE).setCreateRevision(created + difference));
                compare(
                        run,
                        "mod " + step,
                        result,
                        it -> it.setTarget(CompareTarget.MOD).setModRevision(created + 1 + difference));
                compare(
                        run,
                        "value " + step,
                        result,
                        it -> it.setTarget(CompareTarget.VALUE).setValue(bytes(Integer.toString(2 + difference))));
                compare(
                        run,
                        "lease " + step,
                        result,
                        it -> it.setTarget(CompareTarget.LEASE).setLease(lease + difference));
            }
        }
        for (CompareTarget target : List.of(
                CompareTarget.VERSION,
                CompareTarget.CREATE,
                CompareTarget.MOD,
                CompareTarget.VALUE,
                CompareTarget.LEASE)) {
            compare(
                    run,
                    "missing key " + target,
                    CompareResult.EQUAL,
                    it -> it.setTarget(target).setKey(run.key("x")));
            compare(run, "no operand " + target, CompareResult.EQUAL, it -> it.setTarget(target));
            compare(
                    run,
                    "other operand " + target,
                    CompareResult.EQUAL,
                    it -> it.setTarget(target).setVersion(2));
        }
        compare(run, "unknown target", CompareResult.EQUAL, it -> it.setTargetValue(9));
        compare(
                run,
                "unknown result",
                CompareResult.EQUAL,
                it -> it.setResultValue(9).setVersion(2));
        compare(run, "empty key", CompareResult.EQUAL, it -> it.setKey(ByteString.EMPTY));
    }

    private static void compare(Run run, String step, CompareResult result, Consumer<Compare.Builder> changes)
            throws Exception {
        Compare.Builder compare = Compare.newBuilder().setKey(run.key("a")).setResult(result);
        changes.accept(compare);
        run.call(step, () -> run.wire().kv().txn(txn().addCompare(compare).build()));
    }

    private static void comparisonsOfRanges(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        kv.put(put(run.key("a"), "1"));
        kv.put(put(run.key("b"), "1"));
        kv.put(put(run.key("c"), "2"));
        run.call(
                "all",
                () -> kv.txn(txn().addCompare(valueIn(run, run.key("a"), run.key("c")))
                        .build()));
        run.call(
                "not all",
                () -> kv.txn(txn().addCompare(valueIn(run, run.key("a"), run.key("d")))
                        .build()));
        run.call(
                "none",
                () -> kv.txn(txn().addCompare(valueIn(run, run.key("x"), run.key("z")))
                        .build()));
        run.call(
                "none, by creation",
                () -> kv.txn(txn().addCompare(valueIn(run, run.key("x"), run.key("z"))
                                .setTarget(CompareTarget.CREATE)
                                .setCreateRevision(0))
                        .build()));
        run.call(
                "end before the key",
                () -> kv.txn(txn().addCompare(valueIn(run, run.key("c"), run.key("a")))
                        .build()));
        run.call(
                "several",
                () -> kv.txn(txn().addCompare(valueIn(run, run.key("a"), run.key("c")))
                        .addCompare(version(run.key("c"), CompareResult.EQUAL, 2))
                        .build()));
    }

    private static Compare.Builder valueIn(Run run, ByteString from, ByteString to) {
        return Compare.newBuilder()
                .setKey(from)
                .setRangeEnd(to)
                .setTarget(CompareTarget.VALUE)
                .setResult(CompareResult.EQUAL)
                .setValue(bytes("1"));
    }

    private static void branches(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        run.call("empty", () -> kv.txn(TxnRequest.getDefaultInstance()));
        TxnRequest create = txn().addCompare(version(run.key("a"), CompareResult.EQUAL, 0))
                .addSuccess(op(put(run.key("a"), "1")))
                .addSuccess(op(range(run.key("a"))))
                .addFailure(op(range(run.key("a"))))
                .build();
        run.call("first branch", () -> kv.txn(create));
        run.call("other branch", () -> kv.txn(create));
        run.call(
                "writes in order",
                () -> kv.txn(txn().addSuccess(op(range(run.key("b"))))
                        .addSuccess(op(put(run.key("b"), "1")))
                        .addSuccess(op(range(run.key("b"))))
                        .addSuccess(op(delete(run.key("b"))))
                        .addSuccess(op(range(run.key("b"))))
                        .build()));
        run.call(
                "one revision",
                () -> kv.txn(txn().addSuccess(op(put(run.key("c"), "1")))
                        .addSuccess(op(put(run.key("d"), "1")))
                        .addSuccess(
                                op(putting(run.key("a"), "2").setPrevKv(true).build()))
                        .addSuccess(op(ranging(run).build()))
                        .build()));
        run.call(
                "deletions",
                () -> kv.txn(txn().addSuccess(op(DeleteRangeRequest.newBuilder()
                                .setKey(run.key("c"))
                                .setRangeEnd(run.key("e"))
                                .setPrevKv(true)
                                .build()))
                        .addSuccess(op(delete(run.key("x"))))
                        .build()));
        run.call(
                "nothing deleted",
                () -> kv.txn(txn().addSuccess(op(delete(run.key("x")))).build()));
        long before = run.wire().revision();
        run.call(
                "past revision",
                () -> kv.txn(txn().addSuccess(op(put(run.key("a"), "3")))
                        .addSuccess(op(range(run.key("a"))))
                        .addSuccess(op(RangeRequest.newBuilder()
                                .setKey(run.key("a"))
                                .setRevision(before)
                                .build()))
                        .build()));
        run.call("at last", () -> kv.range(ranging(run).build()));
    }

    private static void nested(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        TxnRequest inner = txn().addCompare(version(run.key("a"), CompareResult.GREATER, 0))
                .addSuccess(op(put(run.key("b"), "a was there")))
                .addFailure(op(put(run.key("b"), "a was not there")))
                .build();
        run.call(
                "sees no write before it",
                () -> kv.txn(txn().addSuccess(op(put(run.key("a"), "1")))
                        .addSuccess(op(inner))
                        .build()));
        run.call("written", () -> kv.range(ranging(run).build()));
        run.call(
                "three levels",
                () -> kv.txn(txn().addSuccess(op(txn().addSuccess(op(txn().addSuccess(op(put(run.key("c"), "3")))
                                        .build()))
                                .addSuccess(op(put(run.key("d"), "2")))
                                .build()))
                        .addSuccess(op(put(run.key("e"), "1")))
                        .build()));
        run.call(
                "in the branch that is not taken",
                () -> kv.txn(txn().addCompare(version(run.key("a"), CompareResult.EQUAL, 0))
                        .addSuccess(op(inner))
                        .addFailure(op(txn().addSuccess(op(range(run.key("c")))).build()))
                        .build()));
        run.call(
                "empty inside",
                () -> kv.txn(
                        txn().addSuccess(op(TxnRequest.getDefaultInstance())).build()));
        run.call("at last", () -> kv.range(ranging(run).build()));
    }

    private static void duplicates(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        RequestOp one = op(put(run.key("a"), "1"));
        RequestOp two = op(put(run.key("a"), "2"));
        RequestOp all = op(DeleteRangeRequest.newBuilder()
                .setKey(run.key(""))
                .setRangeEnd(run.end())
                .build());
        run.call("two puts", () -> kv.txn(txn().addSuccess(one).addSuccess(two).build()));
        run.call(
                "in both branches",
                () -> kv.txn(txn().addSuccess(one).addFailure(two).build()));
        run.call(
                "put and deletion",
                () -> kv.txn(txn().addSuccess(one)
                        .addSuccess(op(delete(run.key("a"))))
                        .build()));
        run.call(
                "deletion and put",
                () -> kv.txn(txn().addSuccess(op(delete(run.key("a"))))
                        .addSuccess(one)
                        .build()));
        run.call(
                "put in a deleted range",
                () -> kv.txn(txn().addSuccess(one).addSuccess(all).build()));
        run.call(
                "two deletions",
                () -> kv.txn(txn().addSuccess(all).addSuccess(all).build()));
        run.call(
                "outside and inside",
                () -> kv.txn(txn().addSuccess(one)
                        .addSuccess(op(txn().addSuccess(two).build()))
                        .build()));
        run.call(
                "inside twice",
                () -> kv.txn(txn().addSuccess(op(txn().addSuccess(one).build()))
                        .addSuccess(op(txn().addSuccess(two).build()))
                        .build()));
        run.call(
                "inside in both branches",
                () -> kv.txn(txn().addSuccess(
                                op(txn().addSuccess(one).addFailure(two).build()))
                        .build()));
        run.call(
                "inside, one in the other branch",
                () -> kv.txn(txn().addSuccess(one)
                        .addSuccess(op(txn().addFailure(two).build()))
                        .build()));
        run.call(
                "inside a deleted range",
                () -> kv.txn(txn().addSuccess(all)
                        .addSuccess(op(txn().addSuccess(one).build()))
                        .build()));
        run.call(
                "in the branch that is not taken",
                () -> kv.txn(txn().addFailure(one).addFailure(two).build()));
        run.call("at last", () -> kv.range(ranging(run).build()));
    }

    private static void limits(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        run.call("128 operations", () -> kv.txn(puts(run, 128).build()));
        run.call("129 operations", () -> kv.txn(puts(run, 129).build()));
        run.call(
                "129 in the other branch",
                () -> kv.txn(
                        txn().addAllFailure(puts(run, 129).getSuccessList()).build()));
        run.call(
                "128 in each branch",
                () -> kv.txn(puts(run, 128)
                        .addAllFailure(puts(run, 128).getSuccessList())
                        .build()));
        run.call(
                "129 comparisons",
                () -> kv.txn(txn().addAllCompare(IntStream.range(0, 129)
                                .mapToObj(number -> version(run.key("a"), CompareResult.EQUAL, 0)
                                        .build())
                                .toList())
                        .build()));
        run.call(
                "129 inside",
                () -> kv.txn(txn().addSuccess(op(puts(run, 129).build())).build()));
        run.call(
                "128 inside",
                () -> kv.txn(txn().addSuccess(op(puts(run, 128).build())).build()));
        run.call("count", () -> kv.range(ranging(run).setCountOnly(true).build()));
    }

    private static TxnRequest.Builder puts(Run run, int count) {
        return txn().addAllSuccess(IntStream.range(0, count)
                .mapToObj(number -> op(put(run.key("k" + number), "v")))
                .toList());
    }

    private static void refused(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        RequestOp one = op(put(run.key("a"), "1"));
        run.call(
                "empty key of a put",
                () -> kv.txn(txn().addSuccess(op(put(ByteString.EMPTY, "1"))).build()));
        run.call(
                "empty key of a range",
                () -> kv.txn(txn().addFailure(op(range(ByteString.EMPTY))).build()));
        run.call(
                "empty key of a deletion",
                () -> kv.txn(txn().addSuccess(op(delete(ByteString.EMPTY))).build()));
        run.call(
                "empty key inside",
                () -> kv.txn(txn().addSuccess(op(
                                txn().addSuccess(op(put(ByteString.EMPTY, "1"))).build()))
                        .build()));
        run.call(
                "no operation",
                () -> kv.txn(txn().addSuccess(RequestOp.getDefaultInstance()).build()));
        run.call(
                "unknown lease",
                () -> kv.txn(txn().addSuccess(one)
                        .addSuccess(op(putting(run.key("b"), "1").setLease(4711).build()))
                        .build()));
        run.call(
                "unknown lease in the branch that is not taken",
                () -> kv.txn(txn().addFailure(
                                op(putting(run.key("b"), "1").setLease(4711).build()))
                        .build()));
        run.call(
                "future revision",
                () -> kv.txn(txn().addSuccess(one)
                        .addSuccess(op(ranging(run).setRevision(1_000_000).build()))
                        .build()));
        run.call(
                "no value to keep",
                () -> kv.txn(txn().addSuccess(one)
                        .addSuccess(op(
                                putting(run.key("b"), "").setIgnoreValue(true).build()))
                        .build()));
        run.call(
                "value to ignore",
                () -> kv.txn(txn().addSuccess(op(
                                putting(run.key("b"), "1").setIgnoreValue(true).build()))
                        .build()));
        run.call(
                "unknown sort order",
                () -> kv.txn(
                        txn().addSuccess(op(ranging(run).setSortOrderValue(9).build()))
                                .build()));
        run.call("nothing was written", () -> kv.range(ranging(run).build()));
    }
}
