package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Requests.compact;
import static io.orderly.coordinator.compatibility.Requests.delete;
import static io.orderly.coordinator.compatibility.Requests.op;
import static io.orderly.coordinator.compatibility.Requests.put;
import static io.orderly.coordinator.compatibility.Requests.range;
import static io.orderly.coordinator.compatibility.Requests.ranging;
import static io.orderly.coordinator.compatibility.Requests.txn;
import static io.orderly.coordinator.compatibility.Scenario.brief;

import io.orderly.coordinator.api.etcd.CompactionRequest;
import io.orderly.coordinator.api.etcd.KVGrpc;
import java.util.List;

/** Compactions, and requests at revisions that are compacted or in the future. */
final class CompactionScenarios {

    private CompactionScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("wire/compaction/ranges", CompactionScenarios::ranges),
                brief("wire/compaction/requests", CompactionScenarios::requests));
    }

    private static void ranges(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        long first = kv.put(put(run.key("a"), "1")).getHeader().getRevision();
        kv.put(put(run.key("a"), "2"));
        kv.put(put(run.key("b"), "1"));
        kv.deleteRange(delete(run.key("b")));
        kv.put(put(run.key("a"), "3"));
        run.call("compaction", () -> kv.compact(compact(first + 3)));
        run.call("before", () -> kv.range(ranging(run).setRevision(first + 2).build()));
        run.call("at it", () -> kv.range(ranging(run).setRevision(first + 3).build()));
        run.call("after", () -> kv.range(ranging(run).setRevision(first + 4).build()));
        run.call("now", () -> kv.range(ranging(run).build()));
        run.call(
                "serializable before",
                () -> kv.range(
                        ranging(run).setRevision(first).setSerializable(true).build()));
        run.call(
                "in a transaction",
                () -> kv.txn(txn().addSuccess(op(put(run.key("c"), "1")))
                        .addSuccess(op(ranging(run).setRevision(first + 2).build()))
                        .build()));
        run.call(
                "at revision 1",
                () -> kv.range(range(run.key("a")).toBuilder().setRevision(1).build()));
        run.call("without effect", () -> kv.range(range(run.key("c"))));
    }

    private static void requests(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        long first = kv.put(put(run.key("a"), "1")).getHeader().getRevision();
        kv.put(put(run.key("a"), "2"));
        run.call("past", () -> kv.compact(compact(first)));
        run.call("again", () -> kv.compact(compact(first)));
        run.call("earlier", () -> kv.compact(compact(first - 1)));
        run.call("zero", () -> kv.compact(compact(0)));
        run.call("negative", () -> kv.compact(compact(-1)));
        run.call("future", () -> kv.compact(compact(first + 1_000)));
        run.call(
                "physical",
                () -> kv.compact(CompactionRequest.newBuilder()
                        .setRevision(first + 1)
                        .setPhysical(true)
                        .build()));
        run.call(
                "at the current revision",
                () -> kv.range(ranging(run).setRevision(first + 1).build()));
        run.call("before", () -> kv.range(ranging(run).setRevision(first).build()));
    }
}
