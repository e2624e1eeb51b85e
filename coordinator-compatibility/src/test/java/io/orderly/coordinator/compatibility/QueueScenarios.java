package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Requests.delete;
import static io.orderly.coordinator.compatibility.Requests.grant;
import static io.orderly.coordinator.compatibility.Requests.leaseId;
import static io.orderly.coordinator.compatibility.Requests.ranging;
import static io.orderly.coordinator.compatibility.Requests.revoke;
import static io.orderly.coordinator.compatibility.Scenario.brief;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.orderly.coordinator.api.etcd.CampaignRequest;
import io.orderly.coordinator.api.etcd.CampaignResponse;
import io.orderly.coordinator.api.etcd.ElectionGrpc;
import io.orderly.coordinator.api.etcd.LeaderKey;
import io.orderly.coordinator.api.etcd.LeaderRequest;
import io.orderly.coordinator.api.etcd.LeaderResponse;
import io.orderly.coordinator.api.etcd.LockGrpc;
import io.orderly.coordinator.api.etcd.LockRequest;
import io.orderly.coordinator.api.etcd.LockResponse;
import io.orderly.coordinator.api.etcd.ProclaimRequest;
import io.orderly.coordinator.api.etcd.ResignRequest;
import io.orderly.coordinator.api.etcd.UnlockRequest;
import java.util.List;
import java.util.concurrent.Future;

/** Locks and elections, as etcd's servers offer them. */
final class QueueScenarios {

    private QueueScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("wire/lock/contenders", QueueScenarios::contenders),
                brief("wire/lock/repeated", QueueScenarios::repeatedLocks),
                brief("wire/lock/lease", QueueScenarios::lockLeases),
                brief("wire/lock/refused", QueueScenarios::refusedLocks),
                brief("wire/election/campaign", QueueScenarios::campaigns),
                brief("wire/election/repeated", QueueScenarios::repeatedCampaigns),
                brief("wire/election/observe", QueueScenarios::observers),
                brief("wire/election/refused", QueueScenarios::refusedLeaders));
    }

    private static void contenders(Run run) throws Exception {
        LockGrpc.LockBlockingStub locks = run.wire().lock();
        long one = leaseId(run, 1);
        long other = leaseId(run, 2);
        grant(run, one, "one", 6_000);
        grant(run, other, "other", 6_000);
        LockResponse first = run.call("first", () -> locks.lock(locking(run.key("lock"), one)));
        run.note("key ends with the lease", Boolean.toString(endsWith(first.getKey(), one)));
        Future<LockResponse> second = run.wire().lockLater().lock(locking(run.key("lock"), other));
        awaitKeys(run, 2);
        run.call("queue", () -> run.wire().kv().range(ranging(run).build()));
        run.note("second waits", Boolean.toString(!second.isDone()));
        run.call(
                "unlocked",
                () -> locks.unlock(
                        UnlockRequest.newBuilder().setKey(first.getKey()).build()));
        LockResponse held = run.await("second", second);
        run.call(
                "unlocked again",
                () -> locks.unlock(
                        UnlockRequest.newBuilder().setKey(first.getKey()).build()));
        run.call(
                "second unlocked",
                () -> locks.unlock(
                        UnlockRequest.newBuilder().setKey(held.getKey()).build()));
        run.call("empty queue", () -> run.wire().kv().range(ranging(run).build()));
    }

    private static boolean endsWith(ByteString key, long lease) {
        return key.toStringUtf8().endsWith('/' + Long.toHexString(lease));
    }

    private static void repeatedLocks(Run run) throws Exception {
        LockGrpc.LockBlockingStub locks = run.wire().lock();
        long id = leaseId(run, 1);
        grant(run, id, "lease", 6_000);
        run.call("first", () -> locks.lock(locking(run.key("lock"), id)));
        run.call("the same again", () -> locks.lock(locking(run.key("lock"), id)));
        run.call("one key", () -> run.wire().kv().range(ranging(run).build()));
        run.wire().lease().leaseRevoke(revoke(id));
    }

    private static void repeatedCampaigns(Run run) throws Exception {
        ElectionGrpc.ElectionBlockingStub elections = run.wire().election();
        long id = leaseId(run, 1);
        grant(run, id, "lease", 6_000);
        run.call("first", () -> elections.campaign(campaigning(run, id, "a")));
        run.call("with another value", () -> elections.campaign(campaigning(run, id, "b")));
        run.call("leader", () -> elections.leader(named(run)));
        run.wire().lease().leaseRevoke(revoke(id));
    }

    private static void lockLeases(Run run) throws Exception {
        LockGrpc.LockBlockingStub locks = run.wire().lock();
        long one = leaseId(run, 1);
        long other = leaseId(run, 2);
        long third = leaseId(run, 3);
        grant(run, one, "one", 6_000);
        grant(run, other, "other", 6_000);
        grant(run, third, "third", 6_000);
        run.call("first", () -> locks.lock(locking(run.key("lock"), one)));
        Future<LockResponse> second = run.wire().lockLater().lock(locking(run.key("lock"), other));
        awaitKeys(run, 2);
        Future<LockResponse> last = run.wire().lockLater().lock(locking(run.key("lock"), third));
        awaitKeys(run, 3);
        run.wire().lease().leaseRevoke(revoke(other));
        run.wire().lease().leaseRevoke(revoke(one));
        run.await("whose lease was revoked while it waited", second);
        run.await("next", last);
        run.call(
                "key is deleted by another",
                () -> run.wire().kv().deleteRange(delete(last.get().getKey())));
        run.call("locked again", () -> locks.lock(locking(run.key("lock"), third)));
    }

    private static void refusedLocks(Run run) throws Exception {
        LockGrpc.LockBlockingStub locks = run.wire().lock();
        run.call("unknown lease", () -> locks.lock(locking(run.key("lock"), 4711)));
        run.call(
                "unknown key unlocked",
                () -> locks.unlock(
                        UnlockRequest.newBuilder().setKey(run.key("x")).build()));
        run.call("empty key unlocked", () -> locks.unlock(UnlockRequest.getDefaultInstance()));
        LockResponse own = locks.lock(locking(run.key("lock"), 0));
        String key = own.getKey().toStringUtf8();
        long lease = Long.parseLong(key.substring(run.name("lock/").length()).replaceFirst("/.*", ""), 16);
        run.placeholders().nameLease(lease, "of the server");
        run.message("without a lease", own);
        run.wire().lease().leaseRevoke(revoke(lease));
        long id = leaseId(run, 1);
        grant(run, id, "lease", 6_000);
        run.call("empty name", () -> locks.lock(locking(ByteString.EMPTY, id)));
        run.wire().lease().leaseRevoke(revoke(id));
    }

    private static void campaigns(Run run) throws Exception {
        ElectionGrpc.ElectionBlockingStub elections = run.wire().election();
        long one = leaseId(run, 1);
        long other = leaseId(run, 2);
        grant(run, one, "one", 6_000);
        grant(run, other, "other", 6_000);
        run.call("no leader", () -> elections.leader(named(run)));
        CampaignResponse first = run.call("elected", () -> elections.campaign(campaigning(run, one, "a")));
        run.call("leader", () -> elections.leader(named(run)));
        Future<CampaignResponse> second = run.wire().electionLater().campaign(campaigning(run, other, "c"));
        awaitKeys(run, 2);
        run.call("proclaimed", () -> elections.proclaim(proclaiming(first.getLeader(), "d")));
        run.call("leader with the proclaimed value", () -> elections.leader(named(run)));
        run.note("second waits", Boolean.toString(!second.isDone()));
        run.call("resigned", () -> elections.resign(resigning(first.getLeader())));
        CampaignResponse next = run.await("second elected", second);
        run.call("second leader", () -> elections.leader(named(run)));
        run.call("resigned again", () -> elections.resign(resigning(first.getLeader())));
        run.call("proclaimed too late", () -> elections.proclaim(proclaiming(first.getLeader(), "e")));
        run.wire().lease().leaseRevoke(revoke(other));
        run.call("no leader again", () -> elections.leader(named(run)));
        run.call("resigned after the lease", () -> elections.resign(resigning(next.getLeader())));
    }

    private static void observers(Run run) throws Exception {
        ElectionGrpc.ElectionBlockingStub elections = run.wire().election();
        long one = leaseId(run, 1);
        long other = leaseId(run, 2);
        grant(run, one, "one", 6_000);
        grant(run, other, "other", 6_000);
        try (MessageStream<LeaderRequest, LeaderResponse> stream = new MessageStream<>(observer -> {
            ElectionGrpc.newStub(run.wire().channel()).observe(named(run), observer);
            return new NoRequests<>();
        })) {
            CampaignResponse first = elections.campaign(campaigning(run, one, "a"));
            run.message("first", stream.next().getKv());
            elections.proclaim(proclaiming(first.getLeader(), "b"));
            run.message("proclaimed", stream.next().getKv());
            Future<CampaignResponse> second = run.wire().electionLater().campaign(campaigning(run, other, "c"));
            awaitKeys(run, 2);
            elections.resign(resigning(first.getLeader()));
            run.message("second", stream.next().getKv());
            second.get();
            run.wire().lease().leaseRevoke(revoke(other));
            run.call("nothing while there is no leader", () -> stream.next(500));
        }
    }

    private static void refusedLeaders(Run run) throws Exception {
        ElectionGrpc.ElectionBlockingStub elections = run.wire().election();
        run.call("unknown lease", () -> elections.campaign(campaigning(run, 4711, "a")));
        run.call("proclaim without a leader", () -> elections.proclaim(ProclaimRequest.getDefaultInstance()));
        run.call("resign without a leader", () -> elections.resign(ResignRequest.getDefaultInstance()));
        LeaderKey stranger = LeaderKey.newBuilder()
                .setName(run.key("election"))
                .setKey(run.key("election/1"))
                .setRev(1)
                .setLease(4711)
                .build();
        run.call("proclaim by a stranger", () -> elections.proclaim(proclaiming(stranger, "a")));
        run.call("resign by a stranger", () -> elections.resign(resigning(stranger)));
        run.call(
                "leader of an unknown election",
                () -> elections.leader(
                        LeaderRequest.newBuilder().setName(run.key("none")).build()));
    }

    private static void awaitKeys(Run run, int count) {
        await().until(() -> run.wire().kv().range(ranging(run).build()).getCount() == count);
    }

    private static LockRequest locking(ByteString name, long lease) {
        return LockRequest.newBuilder().setName(name).setLease(lease).build();
    }

    private static LeaderRequest named(Run run) {
        return LeaderRequest.newBuilder().setName(run.key("election")).build();
    }

    private static CampaignRequest campaigning(Run run, long lease, String value) {
        return CampaignRequest.newBuilder()
                .setName(run.key("election"))
                .setLease(lease)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    private static ProclaimRequest proclaiming(LeaderKey leader, String value) {
        return ProclaimRequest.newBuilder()
                .setLeader(leader)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    private static ResignRequest resigning(LeaderKey leader) {
        return ResignRequest.newBuilder().setLeader(leader).build();
    }
}
