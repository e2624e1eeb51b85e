package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Requests.grant;
import static io.orderly.coordinator.compatibility.Requests.leaseId;
import static io.orderly.coordinator.compatibility.Requests.put;
import static io.orderly.coordinator.compatibility.Requests.putting;
import static io.orderly.coordinator.compatibility.Requests.ranging;
import static io.orderly.coordinator.compatibility.Requests.revoke;
import static io.orderly.coordinator.compatibility.Scenario.brief;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseGrantResponse;
import io.orderly.coordinator.api.etcd.LeaseGrpc;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveRequest;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveResponse;
import io.orderly.coordinator.api.etcd.LeaseLeasesRequest;
import io.orderly.coordinator.api.etcd.LeaseLeasesResponse;
import io.orderly.coordinator.api.etcd.LeaseTimeToLiveRequest;
import java.time.Duration;
import java.util.List;

/** Leases: granted, renewed, queried, revoked and expired. */
final class LeaseScenarios {

    private LeaseScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("wire/lease/grant", LeaseScenarios::grants),
                brief("wire/lease/keys", LeaseScenarios::keys),
                brief("wire/lease/revoke", LeaseScenarios::revocations),
                brief("wire/lease/keep-alive", LeaseScenarios::keepAlives),
                brief("wire/lease/expiry", LeaseScenarios::expiry));
    }

    private static void grants(Run run) throws Exception {
        LeaseGrpc.LeaseBlockingStub leases = run.wire().lease();
        long id = leaseId(run, 1);
        run.placeholders().nameLease(id, "lease");
        run.call("chosen id", () -> leases.leaseGrant(granting(id, 60)));
        run.call("existing id", () -> leases.leaseGrant(granting(id, 60)));
        run.call("existing id with another time", () -> leases.leaseGrant(granting(id, 30)));
        LeaseGrantResponse granted = leases.leaseGrant(granting(0, 60));
        run.placeholders().nameLease(granted.getID(), "server's");
        run.message("id of the server", granted);
        run.note("id of the server is positive", Boolean.toString(granted.getID() > 0));
        LeaseLeasesResponse all = leases.leaseLeases(LeaseLeasesRequest.getDefaultInstance());
        run.note(
                "listed",
                Boolean.toString(all.getLeasesList().stream().anyMatch(lease -> lease.getID() == id)
                        && all.getLeasesList().stream().anyMatch(lease -> lease.getID() == granted.getID())));
        run.message("header of the list", all.getHeader());
        long negative = -leaseId(run, 2);
        run.placeholders().nameLease(negative, "negative");
        run.call("negative id", () -> leases.leaseGrant(granting(negative, 60)));
        int number = 3;
        for (long seconds : List.of(0L, -1L, 1L, 9_000_000_000L, 9_000_000_001L)) {
            long next = leaseId(run, number++);
            run.placeholders().nameLease(next, "lease of " + seconds);
            run.call(seconds + " s", () -> leases.leaseGrant(granting(next, seconds)));
            revokeQuietly(run, next);
        }
        revokeQuietly(run, id);
        revokeQuietly(run, negative);
        revokeQuietly(run, granted.getID());
    }

    private static void keys(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        LeaseGrpc.LeaseBlockingStub leases = run.wire().lease();
        long one = leaseId(run, 1);
        long other = leaseId(run, 2);
        grant(run, one, "one", 6_000);
        grant(run, other, "other", 100);
        run.call("none", () -> leases.leaseTimeToLive(asking(one, true)));
        kv.put(putting(run.key("b"), "1").setLease(one).build());
        kv.put(putting(run.key("a"), "1").setLease(one).build());
        run.call("two", () -> leases.leaseTimeToLive(asking(one, true)));
        run.call("not asked for", () -> leases.leaseTimeToLive(asking(one, false)));
        kv.put(putting(run.key("a"), "2").setLease(other).build());
        run.call("moved away", () -> leases.leaseTimeToLive(asking(one, true)));
        run.call("moved here", () -> leases.leaseTimeToLive(asking(other, true)));
        kv.put(put(run.key("a"), "3"));
        run.call("released", () -> leases.leaseTimeToLive(asking(other, true)));
        run.call("unknown lease", () -> leases.leaseTimeToLive(asking(4711, true)));
        run.call("no lease", () -> leases.leaseTimeToLive(asking(0, false)));
        leases.leaseRevoke(revoke(one));
        leases.leaseRevoke(revoke(other));
        run.call("what is left", () -> kv.range(ranging(run).build()));
    }

    private static void revocations(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        LeaseGrpc.LeaseBlockingStub leases = run.wire().lease();
        long id = leaseId(run, 1);
        grant(run, id, "lease", 6_000);
        run.call("unknown", () -> leases.leaseRevoke(revoke(4711)));
        run.call("none", () -> leases.leaseRevoke(revoke(0)));
        kv.put(putting(run.key("a"), "1").setLease(id).build());
        kv.put(putting(run.key("b"), "1").setLease(id).build());
        run.call("revoked", () -> leases.leaseRevoke(revoke(id)));
        run.call("keys are gone, in one revision", () -> kv.range(ranging(run).build()));
        run.call("again", () -> leases.leaseRevoke(revoke(id)));
        run.call("its time", () -> leases.leaseTimeToLive(asking(id, true)));
        run.call(
                "put afterwards",
                () -> kv.put(putting(run.key("a"), "1").setLease(id).build()));
        run.call("granted again", () -> leases.leaseGrant(granting(id, 60)));
        run.call("revoked without keys", () -> leases.leaseRevoke(revoke(id)));
    }

    private static void keepAlives(Run run) throws Exception {
        long id = leaseId(run, 1);
        grant(run, id, "lease", 6_000);
        try (MessageStream<LeaseKeepAliveRequest, LeaseKeepAliveResponse> stream =
                new MessageStream<>(LeaseGrpc.newStub(run.wire().channel())::leaseKeepAlive)) {
            stream.send(LeaseKeepAliveRequest.newBuilder().setID(id).build());
            run.call("known", stream::next);
            stream.send(LeaseKeepAliveRequest.newBuilder().setID(4711).build());
            run.call("unknown", stream::next);
            stream.send(LeaseKeepAliveRequest.getDefaultInstance());
            run.call("none", stream::next);
            stream.send(LeaseKeepAliveRequest.newBuilder().setID(id).build());
            run.call("known again", stream::next);
            run.wire().lease().leaseRevoke(revoke(id));
            stream.send(LeaseKeepAliveRequest.newBuilder().setID(id).build());
            run.call("revoked", stream::next);
            stream.finish();
            run.call("end", stream::next);
        }
    }

    private static void expiry(Run run) throws Exception {
        KVGrpc.KVBlockingStub kv = run.wire().kv();
        LeaseGrpc.LeaseBlockingStub leases = run.wire().lease();
        long id = leaseId(run, 1);
        grant(run, id, "lease", 2);
        kv.put(putting(run.key("a"), "1").setLease(id).build());
        kv.put(putting(run.key("b"), "1").setLease(id).build());
        kv.put(put(run.key("c"), "1"));
        run.message("alive", kv.range(ranging(run).build()));
        await().atMost(Duration.ofSeconds(15))
                .until(() -> kv.range(ranging(run).build()).getCount() == 1);
        run.call("keys are gone, in one revision", () -> kv.range(ranging(run).build()));
        run.call("its time", () -> leases.leaseTimeToLive(asking(id, true)));
        run.call("revoked afterwards", () -> leases.leaseRevoke(revoke(id)));
    }

    private static void revokeQuietly(Run run, long id) {
        try {
            run.wire().lease().leaseRevoke(revoke(id));
        } catch (StatusRuntimeException e) {
            // it was never granted
        }
    }

    private static LeaseGrantRequest granting(long id, long seconds) {
        return LeaseGrantRequest.newBuilder().setID(id).setTTL(seconds).build();
    }

    private static LeaseTimeToLiveRequest asking(long id, boolean keys) {
        return LeaseTimeToLiveRequest.newBuilder().setID(id).setKeys(keys).build();
    }
}
