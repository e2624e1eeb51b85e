package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Scenario.brief;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Election;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.Lease;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.election.CampaignResponse;
import io.etcd.jetcd.election.LeaderResponse;
import io.etcd.jetcd.lease.LeaseGrantResponse;
import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.etcd.jetcd.lock.LockResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.LeaseOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.support.CloseableClient;
import io.etcd.jetcd.watch.WatchResponse;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.DeleteRangeResponse;
import io.orderly.coordinator.api.etcd.LeaseTimeToLiveResponse;
import io.orderly.coordinator.api.etcd.PutResponse;
import io.orderly.coordinator.api.etcd.RangeResponse;
import io.orderly.coordinator.api.etcd.TxnResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The Java client of the etcd project. */
final class JetcdScenarios {

    private static final int WAIT_SECONDS = 15;

    private JetcdScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("jetcd/kv", run -> with(run, JetcdScenarios::kv)),
                brief("jetcd/txn", run -> with(run, JetcdScenarios::transactions)),
                brief("jetcd/watch", run -> with(run, JetcdScenarios::watches)),
                brief("jetcd/lease", run -> with(run, JetcdScenarios::leases)),
                brief("jetcd/lock", run -> with(run, JetcdScenarios::locks)),
                brief("jetcd/election", run -> with(run, JetcdScenarios::elections)));
    }

    @FunctionalInterface
    private interface Body {
        void run(Run run, Client client) throws Exception;
    }

    private static void with(Run run, Body body) throws Exception {
        try (Client client =
                Client.builder().endpoints("http://127.0.0.1:" + run.port()).build()) {
            body.run(run, client);
        }
    }

    private static void kv(Run run, Client client) throws Exception {
        KV kv = client.getKVClient();
        call(run, "put", PutResponse.newBuilder(), kv.put(key(run, "a"), bytes("1")));
        call(
                run,
                "put with previous",
                PutResponse.newBuilder(),
                kv.put(
                        key(run, "a"),
                        bytes("2"),
                        PutOption.builder().withPrevKV().build()));
        call(run, "get", RangeResponse.newBuilder(), kv.get(key(run, "a")));
        call(run, "put b", PutResponse.newBuilder(), kv.put(key(run, "b"), bytes("1")));
        call(
                run,
                "prefix",
                RangeResponse.newBuilder(),
                kv.get(
                        key(run, ""),
                        GetOption.builder()
                                .isPrefix(true)
                                .withSortField(GetOption.SortTarget.VALUE)
                                .withSortOrder(GetOption.SortOrder.ASCEND)
                                .withLimit(1)
                                .build()));
        call(
                run,
                "future revision",
                RangeResponse.newBuilder(),
                kv.get(
                        key(run, "a"),
                        GetOption.builder().withRevision(1_000_000).build()));
        call(
                run,
                "unknown lease",
                PutResponse.newBuilder(),
                kv.put(
                        key(run, "a"),
                        bytes("1"),
                        PutOption.builder().withLeaseId(4711).build()));
        call(run, "empty key", PutResponse.newBuilder(), kv.put(ByteSequence.EMPTY, bytes("1")));
        call(
                run,
                "deleted",
                DeleteRangeResponse.newBuilder(),
                kv.delete(
                        key(run, ""),
                        DeleteOption.builder().isPrefix(true).withPrevKV(true).build()));
    }

    private static void transactions(Run run, Client client) throws Exception {
        KV kv = client.getKVClient();
        for (String step : List.of("first", "second")) {
            call(
                    run,
                    step,
                    TxnResponse.newBuilder(),
                    kv.txn()
                            .If(new Cmp(key(run, "a"), Cmp.Op.EQUAL, CmpTarget.version(0)))
                            .Then(Op.put(key(run, "a"), bytes("1"), PutOption.DEFAULT))
                            .Else(Op.get(key(run, "a"), GetOption.DEFAULT))
                            .commit());
        }
        call(
                run,
                "duplicates",
                TxnResponse.newBuilder(),
                kv.txn()
                        .Then(
                                Op.put(key(run, "a"), bytes("1"), PutOption.DEFAULT),
                                Op.put(key(run, "a"), bytes("2"), PutOption.DEFAULT))
                        .commit());
    }

    private static void watches(Run run, Client client) throws Exception {
        KV kv = client.getKVClient();
        long first = kv.put(key(run, "a"), bytes("1")).get().getHeader().getRevision();
        BlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
        WatchOption options = WatchOption.builder()
                .withRevision(first)
                .isPrefix(true)
                .withPrevKV(true)
                .build();
        try (Watch.Watcher open = client.getWatchClient().watch(key(run, ""), options, listener(arrivals))) {
            run.note("open", Boolean.toString(!open.isClosed()));
            run.note("past", next(arrivals));
            kv.put(key(run, "b"), bytes("1")).get();
            run.note("put", next(arrivals));
            kv.delete(key(run, "a")).get();
            run.note("deleted", next(arrivals));
        }
        kv.put(key(run, "a"), bytes("2")).get();
        kv.compact(first + 2).get();
        BlockingQueue<String> compacted = new LinkedBlockingQueue<>();
        WatchOption tooEarly = WatchOption.builder().withRevision(first).build();
        Watch.Watcher watcher = client.getWatchClient().watch(key(run, "a"), tooEarly, listener(compacted));
        run.note("compacted", next(compacted));
        watcher.close();
    }

    private static Watch.Listener listener(BlockingQueue<String> arrivals) {
        return Watch.listener(response -> describe(response, arrivals), failure -> arrivals.add(text(failure)));
    }

    private static void describe(WatchResponse response, BlockingQueue<String> arrivals) {
        response.getEvents()
                .forEach(event -> arrivals.add("%s %s = %s version %d previous %s"
                        .formatted(
                                event.getEventType(),
                                event.getKeyValue().getKey(),
                                event.getKeyValue().getValue(),
                                event.getKeyValue().getVersion(),
                                event.getPrevKV().getValue())));
    }

    private static void leases(Run run, Client client) throws Exception {
        Lease leases = client.getLeaseClient();
        LeaseGrantResponse granted = leases.grant(60).get(WAIT_SECONDS, TimeUnit.SECONDS);
        long id = granted.getID();
        run.placeholders().nameLease(id, "lease");
        run.note("granted", Long.toString(granted.getTTL()));
        client.getKVClient()
                .put(
                        key(run, "a"),
                        bytes("1"),
                        PutOption.builder().withLeaseId(id).build())
                .get();
        run.note("kept alive once", Long.toString(leases.keepAliveOnce(id).get().getTTL()));
        BlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
        CloseableClient keepAlive = leases.keepAlive(id, new KeepAlives(arrivals));
        run.note("kept alive", next(arrivals));
        keepAlive.close();
        call(
                run,
                "time to live",
                LeaseTimeToLiveResponse.newBuilder(),
                leases.timeToLive(id, LeaseOption.builder().withAttachedKeys().build()));
        run.note("revoked", outcome(leases.revoke(id)));
        run.note("revoked again", outcome(leases.revoke(id)));
        run.note("kept alive after that", outcome(leases.keepAliveOnce(id)));
        call(
                run,
                "key is gone",
                RangeResponse.newBuilder(),
                client.getKVClient().get(key(run, "a")));
    }

    private record KeepAlives(BlockingQueue<String> arrivals) implements StreamObserver<LeaseKeepAliveResponse> {

        @Override
        public void onNext(LeaseKeepAliveResponse response) {
            arrivals.add(Long.toString(response.getTTL()));
        }

        @Override
        public void onError(Throwable failure) {
            arrivals.add(text(failure));
        }

        @Override
        public void onCompleted() {
            arrivals.add("end");
        }
    }

    private static void locks(Run run, Client client) throws Exception {
        long one = lease(run, client, "one");
        long other = lease(run, client, "other");
        LockResponse first = client.getLockClient().lock(key(run, "lock"), one).get(WAIT_SECONDS, TimeUnit.SECONDS);
        run.note("first", first.getKey().toString(UTF_8));
        CompletableFuture<LockResponse> second = client.getLockClient().lock(key(run, "lock"), other);
        run.note("unlocked", outcome(client.getLockClient().unlock(first.getKey())));
        run.note("second", second.get(WAIT_SECONDS, TimeUnit.SECONDS).getKey().toString(UTF_8));
        run.note("unknown lease", outcome(client.getLockClient().lock(key(run, "lock"), 4711)));
        client.getLeaseClient().revoke(one).get();
        client.getLeaseClient().revoke(other).get();
    }

    private static void elections(Run run, Client client) throws Exception {
        Election elections = client.getElectionClient();
        ByteSequence name = key(run, "election");
        long lease = lease(run, client, "lease");
        run.note("no leader", outcome(elections.leader(name)));
        CampaignResponse campaign = elections.campaign(name, lease, bytes("1")).get(WAIT_SECONDS, TimeUnit.SECONDS);
        run.note("elected", campaign.getLeader().getKey().toString(UTF_8));
        BlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
        elections.observe(name, new Leaders(arrivals));
        run.note("observed", next(arrivals));
        run.note("proclaimed", outcome(elections.proclaim(campaign.getLeader(), bytes("2"))));
        run.note("observed again", next(arrivals));
        run.note("leader", elections.leader(name).get().getKv().getValue().toString(UTF_8));
        run.note("resigned", outcome(elections.resign(campaign.getLeader())));
        run.note("proclaimed too late", outcome(elections.proclaim(campaign.getLeader(), bytes("3"))));
        client.getLeaseClient().revoke(lease).get();
    }

    private record Leaders(BlockingQueue<String> arrivals) implements Election.Listener {

        @Override
        public void onNext(LeaderResponse response) {
            arrivals.add(response.getKv().getValue().toString(UTF_8));
        }

        @Override
        public void onError(Throwable failure) {
            arrivals.add(text(failure));
        }

        @Override
        public void onCompleted() {
            arrivals.add("end");
        }
    }

    private static long lease(Run run, Client client, String name) throws Exception {
        long id = client.getLeaseClient()
                .grant(60)
                .get(WAIT_SECONDS, TimeUnit.SECONDS)
                .getID();
        run.placeholders().nameLease(id, name);
        return id;
    }

    private static String next(BlockingQueue<String> arrivals) throws InterruptedException {
        String arrival = arrivals.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        return arrival == null ? "nothing arrived" : arrival;
    }

    private static String outcome(CompletableFuture<?> future) throws Exception {
        try {
            future.get(WAIT_SECONDS, TimeUnit.SECONDS);
            return "done";
        } catch (ExecutionException e) {
            return text(e.getCause());
        }
    }

    /** Responses of this client wrap messages whose text is that of the protocol. */
    private static void call(Run run, String step, Message.Builder type, CompletableFuture<?> future) throws Exception {
        try {
            TextFormat.merge(future.get(WAIT_SECONDS, TimeUnit.SECONDS).toString(), type);
            run.message(step, type);
        } catch (ExecutionException e) {
            run.note(step, text(e.getCause()));
        }
    }

    private static String text(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private static ByteSequence key(Run run, String suffix) {
        return bytes(run.name(suffix));
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, UTF_8);
    }
}
