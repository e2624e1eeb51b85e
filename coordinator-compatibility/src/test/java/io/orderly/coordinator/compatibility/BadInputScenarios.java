package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Requests.put;
import static io.orderly.coordinator.compatibility.Requests.ranging;
import static io.orderly.coordinator.compatibility.Scenario.brief;

import io.grpc.StatusRuntimeException;
import io.orderly.coordinator.api.etcd.KVGrpc;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests that are too large, unknown, or no messages at all. */
final class BadInputScenarios {

    private BadInputScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("wire/bad-input/sizes", BadInputScenarios::sizes),
                brief("wire/bad-input/methods", BadInputScenarios::methods));
    }

    private static void sizes(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        run.call("1 MiB", () -> kv.put(put(run.key("a"), "x".repeat(1 << 20))));
        run.call("1.4 MiB", () -> kv.put(put(run.key("a"), "x".repeat(1_468_006))));
        run.call("1.6 MiB", () -> kv.put(put(run.key("b"), "x".repeat(1_677_721))));
        run.call("3 MiB", () -> kv.put(put(run.key("c"), "x".repeat(3 << 20))));
        run.call(
                "what was written",
                () -> kv.range(ranging(run).setCountOnly(true).build()));
        run.call("key of 64 KiB", () -> kv.put(put(run.key("k".repeat(1 << 16)), "1")));
    }

    private static void methods(Run run) {
        byte[] garbage = "garbage, not a message".getBytes(StandardCharsets.UTF_8);
        bytes(run, "no such method", "etcdserverpb.KV/Nothing", new byte[0]);
        bytes(run, "no such service", "etcdserverpb.Nothing/Range", new byte[0]);
        bytes(run, "garbage", "etcdserverpb.KV/Range", garbage);
        bytes(run, "garbage on a stream", "etcdserverpb.Watch/Watch", garbage);
        bytes(run, "unknown fields", "etcdserverpb.KV/Range", unknownFields(run));
    }

    /** A range with a field of a later version. */
    private static byte[] unknownFields(Run run) {
        byte[] range = Requests.range(run.key("a")).toByteArray();
        byte[] later = new byte[] {(byte) 0xfa, 0x3f, 1, 'x'};
        byte[] both = new byte[range.length + later.length];
        System.arraycopy(range, 0, both, 0, range.length);
        System.arraycopy(later, 0, both, range.length, later.length);
        return both;
    }

    private static void bytes(Run run, String step, String method, byte[] request) {
        try {
            run.note(step, run.wire().call(method, request).length > 0 ? "an answer" : "an empty answer");
        } catch (StatusRuntimeException e) {
            run.error(step, e);
        }
    }
}
