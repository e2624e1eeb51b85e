package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.Requests.put;
import static io.orderly.coordinator.compatibility.Scenario.brief;

import io.orderly.coordinator.api.etcd.AlarmRequest;
import io.orderly.coordinator.api.etcd.AlarmType;
import io.orderly.coordinator.api.etcd.AuthDisableRequest;
import io.orderly.coordinator.api.etcd.AuthEnableRequest;
import io.orderly.coordinator.api.etcd.AuthGrpc;
import io.orderly.coordinator.api.etcd.AuthRoleListRequest;
import io.orderly.coordinator.api.etcd.AuthStatusRequest;
import io.orderly.coordinator.api.etcd.AuthUserListRequest;
import io.orderly.coordinator.api.etcd.AuthenticateRequest;
import io.orderly.coordinator.api.etcd.ClusterGrpc;
import io.orderly.coordinator.api.etcd.DefragmentRequest;
import io.orderly.coordinator.api.etcd.DowngradeRequest;
import io.orderly.coordinator.api.etcd.HashKVRequest;
import io.orderly.coordinator.api.etcd.HashKVResponse;
import io.orderly.coordinator.api.etcd.HashRequest;
import io.orderly.coordinator.api.etcd.MaintenanceGrpc;
import io.orderly.coordinator.api.etcd.Member;
import io.orderly.coordinator.api.etcd.MemberAddRequest;
import io.orderly.coordinator.api.etcd.MemberListRequest;
import io.orderly.coordinator.api.etcd.MemberListResponse;
import io.orderly.coordinator.api.etcd.MemberPromoteRequest;
import io.orderly.coordinator.api.etcd.MemberRemoveRequest;
import io.orderly.coordinator.api.etcd.MemberUpdateRequest;
import io.orderly.coordinator.api.etcd.MoveLeaderRequest;
import io.orderly.coordinator.api.etcd.SnapshotRequest;
import io.orderly.coordinator.api.etcd.SnapshotResponse;
import io.orderly.coordinator.api.etcd.StatusRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** The requests of administrators and monitoring. */
final class AdministrationScenarios {

    private AdministrationScenarios() {}

    static List<Scenario> all() {
        return List.of(
                brief("wire/cluster/members", AdministrationScenarios::members),
                brief("wire/cluster/refused", AdministrationScenarios::refusedChanges),
                brief("wire/maintenance/status", AdministrationScenarios::status),
                brief("wire/maintenance/hash", AdministrationScenarios::hashes),
                brief("wire/maintenance/alarms", AdministrationScenarios::alarms),
                brief("wire/maintenance/snapshot", AdministrationScenarios::snapshots),
                brief("wire/maintenance/requests", AdministrationScenarios::requests),
                brief("wire/auth/disabled", AdministrationScenarios::auth));
    }

    private static void members(Run run) throws Exception {
        ClusterGrpc.ClusterBlockingStub cluster = run.wire().cluster();
        run.message("list", sorted(cluster.memberList(MemberListRequest.getDefaultInstance())));
        run.message(
                "linearizable list",
                sorted(cluster.memberList(
                        MemberListRequest.newBuilder().setLinearizable(true).build())));
    }

    private static MemberListResponse sorted(MemberListResponse list) {
        List<Member> members = new ArrayList<>(list.getMembersList());
        members.sort(Comparator.comparing(Member::getName));
        return list.toBuilder().clearMembers().addAllMembers(members).build();
    }

    private static void refusedChanges(Run run) throws Exception {
        ClusterGrpc.ClusterBlockingStub cluster = run.wire().cluster();
        Member first =
                cluster.memberList(MemberListRequest.getDefaultInstance()).getMembers(0);
        run.call("no URL", () -> cluster.memberAdd(MemberAddRequest.getDefaultInstance()));
        run.call(
                "malformed URL",
                () -> cluster.memberAdd(
                        MemberAddRequest.newBuilder().addPeerURLs("not a url").build()));
        run.call(
                "URL without a port",
                () -> cluster.memberAdd(MemberAddRequest.newBuilder()
                        .addPeerURLs("http://127.0.0.1")
                        .build()));
        run.call(
                "URL of another member",
                () -> cluster.memberAdd(MemberAddRequest.newBuilder()
                        .addPeerURLs(first.getPeerURLs(0))
                        .setIsLearner(true)
                        .build()));
        run.call(
                "unknown member removed",
                () -> cluster.memberRemove(
                        MemberRemoveRequest.newBuilder().setID(4711).build()));
        run.call(
                "unknown member updated",
                () -> cluster.memberUpdate(MemberUpdateRequest.newBuilder()
                        .setID(4711)
                        .addPeerURLs("http://127.0.0.1:9")
                        .build()));
        run.call(
                "unknown member promoted",
                () -> cluster.memberPromote(
                        MemberPromoteRequest.newBuilder().setID(4711).build()));
        run.call(
                "voter promoted",
                () -> cluster.memberPromote(
                        MemberPromoteRequest.newBuilder().setID(first.getID()).build()));
    }

    private static void status(Run run) throws Exception {
        MaintenanceGrpc.MaintenanceBlockingStub maintenance = run.wire().maintenance();
        run.wire().kv().put(put(run.key("a"), "1"));
        run.message(
                "without leader",
                maintenance.status(StatusRequest.getDefaultInstance()).toBuilder()
                        .clearLeader());
        run.note(
                "leader is a member",
                Boolean.toString(run.cluster()
                        .identity()
                        .members()
                        .containsKey(Long.toUnsignedString(maintenance
                                .status(StatusRequest.getDefaultInstance())
                                .getLeader()))));
    }

    private static void hashes(Run run) throws Exception {
        MaintenanceGrpc.MaintenanceBlockingStub maintenance = run.wire().maintenance();
        long revision = run.wire().kv().put(put(run.key("a"), "1")).getHeader().getRevision();
        HashKVResponse first = maintenance.hashKV(hashing(0));
        run.message("now", first.toBuilder().clearCompactRevision());
        run.message(
                "at a revision",
                maintenance.hashKV(hashing(revision)).toBuilder().clearCompactRevision());
        run.note(
                "the same again",
                Boolean.toString(maintenance.hashKV(hashing(revision)).getHash() == first.getHash()));
        run.wire().kv().put(put(run.key("a"), "2"));
        run.note(
                "the same after a write",
                Boolean.toString(maintenance.hashKV(hashing(revision)).getHash() == first.getHash()));
        run.note(
                "another one now",
                Boolean.toString(maintenance.hashKV(hashing(0)).getHash() != first.getHash()));
        run.call("future", () -> maintenance.hashKV(hashing(revision + 1_000)));
        run.call("of everything", () -> maintenance.hash(HashRequest.getDefaultInstance()));
    }

    private static HashKVRequest hashing(long revision) {
        return HashKVRequest.newBuilder().setRevision(revision).build();
    }

    // without an unknown action, which ends the process of etcd 3.4
    private static void alarms(Run run) throws Exception {
        MaintenanceGrpc.MaintenanceBlockingStub maintenance = run.wire().maintenance();
        run.call("none", () -> maintenance.alarm(AlarmRequest.getDefaultInstance()));
        run.call(
                "none without space",
                () -> maintenance.alarm(
                        AlarmRequest.newBuilder().setAlarm(AlarmType.NOSPACE).build()));
        run.call(
                "one that is not set is ended",
                () -> maintenance.alarm(AlarmRequest.newBuilder()
                        .setAction(AlarmRequest.AlarmAction.DEACTIVATE)
                        .setAlarm(AlarmType.NOSPACE)
                        .build()));
    }

    private static void snapshots(Run run) throws Exception {
        run.wire().kv().put(put(run.key("a"), "1"));
        Iterator<SnapshotResponse> parts = run.wire().maintenance().snapshot(SnapshotRequest.getDefaultInstance());
        long bytes = 0;
        SnapshotResponse first = parts.next();
        SnapshotResponse last = first;
        bytes += first.getBlob().size();
        while (parts.hasNext()) {
            last = parts.next();
            bytes += last.getBlob().size();
        }
        run.message("first part", first.toBuilder().clearBlob());
        run.message("last part", last.toBuilder().clearBlob());
        run.note("is not empty", Boolean.toString(bytes > 0));
    }

    /** Etcd moves leadership only at the leader, which may be any of several members. */
    private static void requests(Run run) throws Exception {
        MaintenanceGrpc.MaintenanceBlockingStub maintenance = run.wire().maintenance();
        run.call("defragmented", () -> maintenance.defragment(DefragmentRequest.getDefaultInstance()));
        if (run.cluster().ports().size() == 1) {
            run.call(
                    "leadership for an unknown member",
                    () -> maintenance.moveLeader(
                            MoveLeaderRequest.newBuilder().setTargetID(4711).build()));
        }
        run.call(
                "downgrade",
                () -> maintenance.downgrade(
                        DowngradeRequest.newBuilder().setVersion("3.3").build()));
    }

    private static void auth(Run run) throws Exception {
        AuthGrpc.AuthBlockingStub auth = run.wire().auth();
        run.call("status", () -> auth.authStatus(AuthStatusRequest.getDefaultInstance()));
        run.call("users", () -> auth.userList(AuthUserListRequest.getDefaultInstance()));
        run.call("roles", () -> auth.roleList(AuthRoleListRequest.getDefaultInstance()));
        run.call(
                "authenticated",
                () -> auth.authenticate(AuthenticateRequest.newBuilder()
                        .setName("root")
                        .setPassword("root")
                        .build()));
        run.call("enabled without root", () -> auth.authEnable(AuthEnableRequest.getDefaultInstance()));
        run.call("disabled", () -> auth.authDisable(AuthDisableRequest.getDefaultInstance()));
    }
}
