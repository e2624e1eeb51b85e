package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Requests.delete;
import static io.orderly.coordinator.compatibility.Requests.grant;
import static io.orderly.coordinator.compatibility.Requests.leaseId;
import static io.orderly.coordinator.compatibility.Requests.put;
import static io.orderly.coordinator.compatibility.Requests.putting;
import static io.orderly.coordinator.compatibility.Requests.range;
import static io.orderly.coordinator.compatibility.Requests.ranging;
import static io.orderly.coordinator.compatibility.Scenario.brief;

import com.google.protobuf.ByteString;
import io.orderly.coordinator.api.etcd.DeleteRangeRequest;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RangeRequest.SortOrder;
import io.orderly.coordinator.api.etcd.RangeRequest.SortTarget;
import java.util.List;

/** Puts, ranges and deletions with all their options. */
final class KvScenarios {

    private KvScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("wire/kv/put", KvScenarios::puts),
                brief("wire/kv/put-options", KvScenarios::putOptions),
                brief("wire/kv/put-refused", KvScenarios::refusedPuts),
                brief("wire/kv/range", KvScenarios::ranges),
                brief("wire/kv/sort", KvScenarios::sorts),
                brief("wire/kv/bounds", KvScenarios::revisionBounds),
                brief("wire/kv/past", KvScenarios::pastRevisions),
                brief("wire/kv/edges", KvScenarios::edgesOfRanges),
                brief("wire/kv/delete", KvScenarios::deletions),
                brief("wire/kv/binary", KvScenarios::binaryKeys));
    }

    private static void puts(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        run.call("new key", () -> kv.put(put(run.key("a"), "1")));
        run.call("existing key", () -> kv.put(put(run.key("a"), "2")));
        run.call("same value", () -> kv.put(put(run.key("a"), "2")));
        run.call("empty value", () -> kv.put(put(run.key("b"), "")));
        run.call("both", () -> kv.range(ranging(run).build()));
        run.call("deleted", () -> kv.deleteRange(delete(run.key("a"))));
        run.call("new again", () -> kv.put(put(run.key("a"), "3")));
        run.call("version of the new key", () -> kv.range(range(run.key("a"))));
        run.call("no such key", () -> kv.range(range(run.key("c"))));
    }

    private static void putOptions(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        long lease = leaseId(run, 1);
        grant(run, lease, "lease", 6_000);
        run.call(
                "previous of a new key",
                () -> kv.put(putting(run.key("a"), "1")
                        .setPrevKv(true)
                        .setLease(lease)
                        .build()));
        run.call(
                "previous",
                () -> kv.put(putting(run.key("a"), "2")
                        .setPrevKv(true)
                        .setIgnoreLease(true)
                        .build()));
        run.call("kept lease", () -> kv.range(range(run.key("a"))));
        run.call(
                "kept value",
                () -> kv.put(putting(run.key("a"), "")
                        .setIgnoreValue(true)
                        .setPrevKv(true)
                        .build()));
        run.call("no lease any more", () -> kv.range(range(run.key("a"))));
        run.call(
                "both kept",
                () -> kv.put(putting(run.key("a"), "")
                        .setIgnoreValue(true)
                        .setIgnoreLease(true)
                        .build()));
        run.call("at last", () -> kv.range(range(run.key("a"))));
    }

    private static void refusedPuts(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        run.call("empty key", () -> kv.put(put(ByteString.EMPTY, "1")));
        run.call(
                "unknown lease",
                () -> kv.put(putting(run.key("a"), "1").setLease(4711).build()));
        run.call(
                "negative lease",
                () -> kv.put(putting(run.key("a"), "1").setLease(-1).build()));
        run.call(
                "no value to keep",
                () -> kv.put(putting(run.key("a"), "").setIgnoreValue(true).build()));
        run.call(
                "no lease to keep",
                () -> kv.put(putting(run.key("a"), "1").setIgnoreLease(true).build()));
        run.call(
                "value to ignore",
                () -> kv.put(putting(run.key("a"), "1").setIgnoreValue(true).build()));
        run.call(
                "lease to ignore",
                () -> kv.put(putting(run.key("a"), "1")
                        .setIgnoreLease(true)
                        .setLease(4711)
                        .build()));
        run.call("nothing was written", () -> kv.range(ranging(run).build()));
    }

    private static void ranges(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        fill(run);
        run.call("one", () -> kv.range(range(run.key("b"))));
        run.call("all", () -> kv.range(ranging(run).build()));
        run.call(
                "part",
                () -> kv.range(RangeRequest.newBuilder()
                        .setKey(run.key("b"))
                        .setRangeEnd(run.key("d"))
                        .build()));
        run.call("limit", () -> kv.range(ranging(run).setLimit(2).build()));
        run.call("limit of all", () -> kv.range(ranging(run).setLimit(5).build()));
        run.call("limit above all", () -> kv.range(ranging(run).setLimit(6).build()));
        run.call("negative limit", () -> kv.range(ranging(run).setLimit(-1).build()));
        run.call("keys only", () -> kv.range(ranging(run).setKeysOnly(true).build()));
        run.call("count only", () -> kv.range(ranging(run).setCountOnly(true).build()));
        run.call(
                "count with a limit",
                () -> kv.range(ranging(run).setCountOnly(true).setLimit(2).build()));
        run.call(
                "keys only with a limit",
                () -> kv.range(ranging(run).setKeysOnly(true).setLimit(1).build()));
        run.call(
                "serializable",
                () -> kv.range(RangeRequest.newBuilder()
                        .setKey(run.key("b"))
                        .setSerializable(true)
                        .build()));
    }

    // without an unknown target, which ends the process of etcd 3.4
    private static void sorts(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        fill(run);
        for (SortTarget target :
                List.of(SortTarget.KEY, SortTarget.VERSION, SortTarget.CREATE, SortTarget.MOD, SortTarget.VALUE)) {
            for (SortOrder order : List.of(SortOrder.NONE, SortOrder.ASCEND, SortOrder.DESCEND)) {
                run.call(
                        target + " " + order,
                        () -> kv.range(ranging(run)
                                .setSortTarget(target)
                                .setSortOrder(order)
                                .setLimit(4)
                                .build()));
            }
        }
        run.call(
                "unknown order",
                () -> kv.range(ranging(run).setSortOrderValue(9).build()));
        run.call(
                "limit after sorting",
                () -> kv.range(ranging(run)
                        .setSortTarget(SortTarget.VALUE)
                        .setSortOrder(SortOrder.DESCEND)
                        .setLimit(1)
                        .build()));
    }

    private static void revisionBounds(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        long first = fill(run);
        run.call(
                "least change",
                () -> kv.range(ranging(run).setMinModRevision(first + 3).build()));
        run.call(
                "greatest change",
                () -> kv.range(ranging(run).setMaxModRevision(first + 3).build()));
        run.call(
                "least creation",
                () -> kv.range(ranging(run).setMinCreateRevision(first + 2).build()));
        run.call(
                "greatest creation",
                () -> kv.range(ranging(run).setMaxCreateRevision(first + 2).build()));
        run.call(
                "nothing between",
                () -> kv.range(ranging(run)
                        .setMinModRevision(first + 3)
                        .setMaxModRevision(first + 2)
                        .build()));
        run.call(
                "with a limit",
                () -> kv.range(
                        ranging(run).setMinModRevision(first + 1).setLimit(2).build()));
        run.call(
                "with a count",
                () -> kv.range(ranging(run)
                        .setMinModRevision(first + 3)
                        .setCountOnly(true)
                        .build()));
    }

    private static void pastRevisions(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        long first = fill(run);
        kv.deleteRange(delete(run.key("b")));
        run.call("at the first", () -> kv.range(ranging(run).setRevision(first).build()));
        run.call(
                "before all", () -> kv.range(ranging(run).setRevision(first - 1).build()));
        run.call(
                "before the deletion",
                () -> kv.range(
                        ranging(run).setRevision(first + 4).setKeysOnly(true).build()));
        run.call(
                "at the deletion",
                () -> kv.range(
                        ranging(run).setKeysOnly(true).setRevision(first + 7).build()));
        run.call(
                "future", () -> kv.range(ranging(run).setRevision(first + 1_000).build()));
        run.call("negative", () -> kv.range(ranging(run).setRevision(-1).build()));
        run.call(
                "limit in the past",
                () -> kv.range(ranging(run).setRevision(first + 2).setLimit(2).build()));
        run.call(
                "serializable in the past",
                () -> kv.range(ranging(run)
                        .setRevision(first + 1)
                        .setSerializable(true)
                        .build()));
    }

    private static void edgesOfRanges(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        fill(run);
        run.call("empty key", () -> kv.range(range(ByteString.EMPTY)));
        run.call(
                "empty key with an end",
                () -> kv.range(RangeRequest.newBuilder()
                        .setRangeEnd(run.key("b"))
                        .setCountOnly(true)
                        .build()));
        run.call(
                "end before the key",
                () -> kv.range(RangeRequest.newBuilder()
                        .setKey(run.key("d"))
                        .setRangeEnd(run.key("b"))
                        .build()));
        run.call(
                "end at the key",
                () -> kv.range(RangeRequest.newBuilder()
                        .setKey(run.key("b"))
                        .setRangeEnd(run.key("b"))
                        .build()));
        ByteString last =
                ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) 0xff}).concat(run.key(""));
        kv.put(put(last, "last"));
        run.call(
                "to the end of all keys",
                () -> kv.range(RangeRequest.newBuilder()
                        .setKey(ByteString.copyFrom(new byte[] {(byte) 0xff}))
                        .setRangeEnd(ByteString.copyFrom(new byte[] {0}))
                        .build()));
        run.call(
                "deleted to the end of all keys",
                () -> kv.deleteRange(DeleteRangeRequest.newBuilder()
                        .setKey(ByteString.copyFrom(new byte[] {(byte) 0xff}))
                        .setRangeEnd(ByteString.copyFrom(new byte[] {0}))
                        .build()));
    }

    private static void deletions(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        fill(run);
        run.call("no such key", () -> kv.deleteRange(delete(run.key("x"))));
        run.call("one", () -> kv.deleteRange(delete(run.key("a"))));
        run.call("one again", () -> kv.deleteRange(delete(run.key("a"))));
        run.call(
                "previous",
                () -> kv.deleteRange(DeleteRangeRequest.newBuilder()
                        .setKey(run.key("b"))
                        .setPrevKv(true)
                        .build()));
        run.call("empty key", () -> kv.deleteRange(delete(ByteString.EMPTY)));
        run.call(
                "end before the key",
                () -> kv.deleteRange(DeleteRangeRequest.newBuilder()
                        .setKey(run.key("e"))
                        .setRangeEnd(run.key("c"))
                        .build()));
        run.call(
                "rest",
                () -> kv.deleteRange(DeleteRangeRequest.newBuilder()
                        .setKey(run.key(""))
                        .setRangeEnd(run.end())
                        .setPrevKv(true)
                        .build()));
        run.call("nothing left", () -> kv.range(ranging(run).build()));
    }

    private static void binaryKeys(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        ByteString zero = run.key("").concat(ByteString.copyFrom(new byte[] {0}));
        ByteString high = run.key("").concat(ByteString.copyFrom(new byte[] {(byte) 0x80}));
        kv.put(put(high, "high"));
        kv.put(put(zero, "zero"));
        kv.put(put(run.key("a"), "letter"));
        run.call("bytes are unsigned", () -> kv.range(ranging(run).build()));
        run.call(
                "byte value",
                () -> kv.put(PutRequest.newBuilder()
                        .setKey(zero)
                        .setValue(ByteString.copyFrom(new byte[] {0, (byte) 0xff}))
                        .setPrevKv(true)
                        .build()));
        run.call(
                "values in order",
                () -> kv.range(ranging(run)
                        .setSortOrder(SortOrder.ASCEND)
                        .setSortTarget(SortTarget.VALUE)
                        .build()));
    }

    /**
     * Writes five keys whose orders by key, value, version, creation and change differ.
     *
     * @return the revision of the first write
     */
    private static long fill(Run run) {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        long first = kv.put(put(run.key("c"), "3")).getHeader().getRevision();
        kv.put(put(run.key("a"), "5"));
        kv.put(put(run.key("e"), "1"));
        kv.put(put(run.key("b"), "2"));
        kv.put(put(run.key("d"), "4"));
        kv.put(put(run.key("a"), "6"));
        kv.put(put(run.key("c"), "0"));
        return first;
    }
}
