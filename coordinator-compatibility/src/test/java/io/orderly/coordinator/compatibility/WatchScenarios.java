package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Requests.compact;
import static io.orderly.coordinator.compatibility.Requests.delete;
import static io.orderly.coordinator.compatibility.Requests.grant;
import static io.orderly.coordinator.compatibility.Requests.leaseId;
import static io.orderly.coordinator.compatibility.Requests.op;
import static io.orderly.coordinator.compatibility.Requests.put;
import static io.orderly.coordinator.compatibility.Requests.putting;
import static io.orderly.coordinator.compatibility.Requests.revoke;
import static io.orderly.coordinator.compatibility.Requests.txn;
import static io.orderly.coordinator.compatibility.Scenario.brief;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.orderly.coordinator.api.etcd.Event;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.WatchCancelRequest;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import io.orderly.coordinator.api.etcd.WatchCreateRequest.FilterType;
import io.orderly.coordinator.api.etcd.WatchGrpc;
import io.orderly.coordinator.api.etcd.WatchProgressRequest;
import io.orderly.coordinator.api.etcd.WatchRequest;
import io.orderly.coordinator.api.etcd.WatchResponse;
import java.util.List;
import java.util.stream.IntStream;

/** Watches: where they start, what they deliver, and how they end. */
final class WatchScenarios {

    private WatchScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("wire/watch/events", WatchScenarios::events),
                brief("wire/watch/start", WatchScenarios::starts),
                brief("wire/watch/filters", WatchScenarios::filters),
                brief("wire/watch/ids", WatchScenarios::ids),
                brief("wire/watch/cancel", WatchScenarios::cancellations),
                brief("wire/watch/progress", WatchScenarios::progress),
                brief("wire/watch/compacted", WatchScenarios::compacted),
                brief("wire/watch/ranges", WatchScenarios::ranges),
                brief("wire/watch/leases", WatchScenarios::leases),
                brief("wire/watch/fragments", WatchScenarios::fragments));
    }

    /** To be run before all others. */
    static List<Scenario> onANewServer() {
        return List.of(brief("wire/watch/first-revision", WatchScenarios::firstRevision));
    }

    /** As a client that has read an empty store, whose revision is 1. */
    private static void firstRevision(Run run) throws Exception {
        if (run.wire().revision() > 1) {
            run.note("later", "the server has been used");
            return;
        }
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(all(run).setStartRevision(1)));
            run.call("created", stream::next);
            run.wire().kv().put(put(run.key("a"), "1"));
            run.call("put", stream::next);
        }
    }

    private static void events(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(all(run)));
            run.call("created", stream::next);
            kv.put(put(run.key("a"), "1"));
            run.call("put", stream::next);
            kv.put(put(run.key("a"), "2"));
            run.call("changed", stream::next);
            kv.deleteRange(delete(run.key("a")));
            run.call("deleted", stream::next);
            kv.txn(txn().addSuccess(op(put(run.key("b"), "1")))
                    .addSuccess(op(put(run.key("a"), "1")))
                    .addSuccess(op(delete(run.key("x"))))
                    .build());
            run.call("transaction", stream::next);
        }
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(all(run).setPrevKv(true)));
            run.call("created for previous values", stream::next);
            kv.put(put(run.key("a"), "2"));
            run.call("previous", stream::next);
            kv.put(put(run.key("c"), "2"));
            run.call("no previous", stream::next);
            kv.deleteRange(delete(run.key("a")));
            run.call("deleted with previous", stream::next);
        }
    }

    private static void starts(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        long first = kv.put(put(run.key("a"), "1")).getHeader().getRevision();
        kv.put(put(run.key("a"), "2"));
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(key(run, "a").setStartRevision(first).setPrevKv(true)));
            run.call("created in the past", stream::next);
            events(run, "past event", stream, 2);
            kv.put(put(run.key("a"), "3"));
            run.call("then new ones", stream::next);
        }
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(key(run, "a").setStartRevision(first + 4)));
            run.call("created in the future", stream::next);
            kv.put(put(run.key("a"), "4"));
            kv.put(put(run.key("a"), "5"));
            run.call("from the start on", stream::next);
        }
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(key(run, "a").setStartRevision(first + 4)));
            run.call("created at the current revision", stream::next);
            run.call("current event", stream::next);
        }
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(key(run, "a").setStartRevision(-1)));
            run.call("created at a negative revision", stream::next);
            kv.put(put(run.key("a"), "6"));
            run.call("then", stream::next);
        }
    }

    private static void filters(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(all(run).addFilters(FilterType.NOPUT)));
            run.call("no puts", stream::next);
            kv.put(put(run.key("a"), "1"));
            kv.deleteRange(delete(run.key("a")));
            run.call("deletion only", stream::next);
        }
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(all(run).addFilters(FilterType.NODELETE)));
            run.call("no deletions", stream::next);
            kv.put(put(run.key("a"), "1"));
            run.call("first put", stream::next);
            kv.deleteRange(delete(run.key("a")));
            kv.put(put(run.key("a"), "2"));
            run.call("second put", stream::next);
        }
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(all(run).addFilters(FilterType.NODELETE).addFilters(FilterType.NOPUT)));
            run.call("nothing", stream::next);
            kv.put(put(run.key("a"), "1"));
            stream.send(create(all(run)));
            run.call("the other watch", stream::next);
        }
    }

    private static void ids(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(key(run, "a")));
            run.call("first of the server", stream::next);
            stream.send(create(key(run, "b")));
            run.call("second of the server", stream::next);
            stream.send(create(key(run, "c").setWatchId(7)));
            run.call("chosen", stream::next);
            stream.send(create(key(run, "d").setWatchId(7)));
            run.call("duplicate", stream::next);
            kv.put(put(run.key("c"), "1"));
            run.call("the first with that id goes on", stream::next);
            stream.send(create(key(run, "e").setWatchId(2)));
            run.call("chosen, the next of the server", stream::next);
            stream.send(create(key(run, "f")));
            run.call("the server chooses another", stream::next);
            stream.send(create(key(run, "g").setWatchId(-5)));
            run.call("negative", stream::next);
            kv.put(put(run.key("g"), "1"));
            run.call("event of the negative id", () -> stream.next(500));
        }
    }

    private static void cancellations(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(key(run, "a")));
            run.call("created", stream::next);
            stream.send(cancel(0));
            run.call("canceled", stream::next);
            kv.put(put(run.key("a"), "1"));
            stream.send(cancel(0));
            stream.send(cancel(99));
            stream.send(create(key(run, "b").setWatchId(5)));
            run.call("unknown ids have no answer", stream::next);
            stream.send(cancel(5));
            run.call("canceled by the chosen id", stream::next);
            stream.send(create(key(run, "b").setWatchId(5)));
            run.call("the id is free again", stream::next);
            stream.send(WatchRequest.getDefaultInstance());
            kv.put(put(run.key("b"), "1"));
            run.call("an empty request has no answer", stream::next);
            stream.finish();
            kv.put(put(run.key("b"), "2"));
            run.call("after the last request", () -> stream.next(1_000));
        }
    }

    private static void progress(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
        WatchGrpc.WatchStub stub = WatchGrpc.newStub(run.wire().channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
        try (MessageStream<WatchRequest, WatchResponse> stream = new MessageStream<>(stub::watch)) {
            stream.send(progressRequest());
            run.call("without a watch", () -> stream.next(500));
            stream.send(create(key(run, "a").setProgressNotify(true)));
            run.call("created", stream::next);
            stream.send(progressRequest());
            run.call("of the stream", stream::next);
            kv.put(put(run.key("b"), "1"));
            kv.put(put(run.key("a"), "1"));
            run.call("event", stream::next);
            stream.send(progressRequest());
            run.call("after an event", stream::next);
        }
    }

    private static void compacted(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        long first = kv.put(put(run.key("a"), "1")).getHeader().getRevision();
        kv.put(put(run.key("a"), "2"));
        kv.put(put(run.key("a"), "3"));
        kv.compact(compact(first + 1));
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(key(run, "a").setStartRevision(first)));
            run.call("created", stream::next);
            run.call("compacted", stream::next);
            stream.send(create(key(run, "a").setStartRevision(1)));
            run.call("created at revision 1", stream::next);
            run.call("compacted at revision 1", stream::next);
            stream.send(create(key(run, "a").setStartRevision(first + 1)));
            run.call("created at the compacted revision", stream::next);
            events(run, "from the compacted revision on, event", stream, 2);
        }
    }

    private static void ranges(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(
                    create(WatchCreateRequest.newBuilder().setKey(run.key("a")).setRangeEnd(run.key("c"))));
            run.call("part", stream::next);
            kv.put(put(run.key("c"), "1"));
            kv.put(put(run.key("b"), "1"));
            run.call("the end does not belong to it", stream::next);
            stream.send(
                    create(WatchCreateRequest.newBuilder().setKey(run.key("c")).setRangeEnd(run.key("a"))));
            run.call("end before the key", stream::next);
            stream.send(
                    create(WatchCreateRequest.newBuilder().setKey(run.key("c")).setRangeEnd(run.key("c"))));
            run.call("end at the key", stream::next);
        }
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(
                    WatchCreateRequest.newBuilder().setKey(run.key("x")).setRangeEnd(ByteString.copyFrom(new byte[] {0
                    }))));
            run.call("to the end of all keys", stream::next);
            kv.put(put(run.key("y"), "1"));
            run.call("a key in it", stream::next);
        }
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(WatchCreateRequest.newBuilder()));
            run.call("empty key", stream::next);
            kv.put(put(run.key("y"), "2"));
            run.call("is no prefix", () -> stream.next(500));
        }
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(WatchCreateRequest.newBuilder().setRangeEnd(ByteString.copyFrom(new byte[] {0}))));
            run.call("all keys", stream::next);
            kv.put(put(run.key("y"), "3"));
            run.call("any key", stream::next);
        }
    }

    private static void leases(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        long id = leaseId(run, 1);
        grant(run, id, "lease", 6_000);
        kv.put(putting(run.key("b"), "1").setLease(id).build());
        kv.put(putting(run.key("a"), "1").setLease(id).build());
        try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
            stream.send(create(all(run).setPrevKv(true)));
            run.call("created", stream::next);
            run.wire().lease().leaseRevoke(revoke(id));
            run.call("revoked", stream::next);
        }
    }

    private static void fragments(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        long revision = 0;
        for (String letter : List.of("x", "y")) {
            revision = kv.txn(txn().addAllSuccess(IntStream.range(0, 5)
                                    .mapToObj(number -> op(put(run.key("k" + number), letter.repeat(280_000))))
                                    .toList())
                            .build())
                    .getHeader()
                    .getRevision();
        }
        for (boolean fragment : List.of(true, false)) {
            try (MessageStream<WatchRequest, WatchResponse> stream = open(run)) {
                stream.send(create(
                        all(run).setStartRevision(revision).setPrevKv(true).setFragment(fragment)));
                run.call("created, fragments " + fragment, stream::next);
                int events = 0;
                boolean isMarked = false;
                boolean isLastMarked = false;
                while (events < 5) {
                    WatchResponse response = stream.next();
                    events += response.getEventsCount();
                    isMarked |= response.getFragment();
                    isLastMarked = response.getFragment();
                }
                run.note("several parts, fragments " + fragment, Boolean.toString(isMarked));
                run.note("last part is marked, fragments " + fragment, Boolean.toString(isLastMarked));
            }
        }
    }

    /** Records events one by one: the number of past revisions in a response is not specified. */
    private static void events(Run run, String step, MessageStream<WatchRequest, WatchResponse> stream, int count) {
        int events = 0;
        while (events < count) {
            WatchResponse response = stream.next();
            for (Event event : response.getEventsList()) {
                run.message(step + " " + ++events, event);
            }
        }
    }

    private static MessageStream<WatchRequest, WatchResponse> open(Run run) {
        return new MessageStream<>(WatchGrpc.newStub(run.wire().channel())::watch);
    }

    private static WatchCreateRequest.Builder key(Run run, String suffix) {
        return WatchCreateRequest.newBuilder().setKey(run.key(suffix));
    }

    private static WatchCreateRequest.Builder all(Run run) {
        return WatchCreateRequest.newBuilder().setKey(run.key("")).setRangeEnd(run.end());
    }

    private static WatchRequest create(WatchCreateRequest.Builder create) {
        return WatchRequest.newBuilder().setCreateRequest(create).build();
    }

    private static WatchRequest cancel(long id) {
        return WatchRequest.newBuilder()
                .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(id))
                .build();
    }

    private static WatchRequest progressRequest() {
        return WatchRequest.newBuilder()
                .setProgressRequest(WatchProgressRequest.getDefaultInstance())
                .build();
    }
}
