package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static io.orderly.coordinator.etcd.EtcdApi.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.orderly.coordinator.api.etcd.AuthDisableRequest;
import io.orderly.coordinator.api.etcd.AuthEnableRequest;
import io.orderly.coordinator.api.etcd.AuthGrpc;
import io.orderly.coordinator.api.etcd.AuthRoleListRequest;
import io.orderly.coordinator.api.etcd.AuthRoleRevokePermissionRequest;
import io.orderly.coordinator.api.etcd.AuthStatusRequest;
import io.orderly.coordinator.api.etcd.AuthUserListRequest;
import io.orderly.coordinator.api.etcd.ClusterGrpc;
import io.orderly.coordinator.api.etcd.DefragmentRequest;
import io.orderly.coordinator.api.etcd.HashKVRequest;
import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseLeasesRequest;
import io.orderly.coordinator.api.etcd.LeaseTimeToLiveRequest;
import io.orderly.coordinator.api.etcd.LockGrpc;
import io.orderly.coordinator.api.etcd.LockRequest;
import io.orderly.coordinator.api.etcd.MaintenanceGrpc;
import io.orderly.coordinator.api.etcd.MemberAddRequest;
import io.orderly.coordinator.api.etcd.MemberListRequest;
import io.orderly.coordinator.api.etcd.SnapshotRequest;
import io.orderly.coordinator.api.etcd.StatusRequest;
import io.orderly.coordinator.api.etcd.UnlockRequest;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import io.orderly.coordinator.api.timestamps.AllocateRequest;
import io.orderly.coordinator.api.timestamps.TimestampsGrpc;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the services let users do. */
@Timeout(60)
class PermissionsTest extends UsersOfTheApi {

    @Test
    void aUserMayDoWhatItsRolesPermit() {
        enable();
        as(ada, api.kv()).put(put("a/k"));
        assertThat(as(ada, api.kv()).range(get("a/k")).getCount()).isEqualTo(1);
        assertFails(() -> as(ada, api.kv()).put(put("k")), Code.PERMISSION_DENIED, DENIED);
        assertFails(() -> as(ada, api.kv()).range(get("k")), Code.PERMISSION_DENIED, DENIED);
        assertFails(
                () -> as(ada, api.kv())
                        .range(get("k").toBuilder().setSerializable(true).build()),
                Code.PERMISSION_DENIED,
                DENIED);
        as(root, api.kv()).put(put("k"));
        assertFails(() -> api.kv().put(put("a/k")), Code.INVALID_ARGUMENT, NO_USER);
        assertFails(() -> api.kv().range(get("a/k")), Code.INVALID_ARGUMENT, NO_USER);
        assertThat(auth().authStatus(AuthStatusRequest.getDefaultInstance()).getEnabled())
                .isTrue();
    }

    @Test
    void aRightThatIsRevokedCountsForTheNextRequest() {
        enable();
        as(ada, api.kv()).put(put("a/k"));
        as(root, auth())
                .roleRevokePermission(AuthRoleRevokePermissionRequest.newBuilder()
                        .setRole("editor")
                        .setKey(utf8("a/"))
                        .setRangeEnd(utf8("a0"))
                        .build());
        assertFails(() -> as(ada, api.kv()).put(put("a/k")), Code.PERMISSION_DENIED, DENIED);
        assertFails(() -> as(ada, api.kv()).range(get("a/k")), Code.PERMISSION_DENIED, DENIED);
    }

    @Test
    void aWatchIsRefusedWithinItsStream() throws Exception {
        enable();
        var stream = new WatchStreamClient(api.channel, true, metadata(ada));
        stream.create(WatchCreateRequest.newBuilder().setKey(utf8("k")));
        var refused = stream.next();
        assertThat(refused.getCreated()).isTrue();
        assertThat(refused.getCanceled()).isTrue();
        assertThat(refused.getCancelReason()).endsWith(DENIED);
        stream.create(WatchCreateRequest.newBuilder().setKey(utf8("a/k")));
        assertThat(stream.next().getCanceled()).isFalse();
        as(root, api.kv()).put(put("a/k"));
        assertThat(stream.next().getEventsCount()).isEqualTo(1);
        stream.abort();

        var invalid = new WatchStreamClient(api.channel, true, metadata("garbage"));
        invalid.create(WatchCreateRequest.newBuilder().setKey(utf8("a/k")));
        assertThat(invalid.next().getCancelReason()).endsWith(INVALID_TOKEN);
        invalid.abort();
        var anonymous = new WatchStreamClient(api.channel, true, new Metadata());
        anonymous.create(WatchCreateRequest.newBuilder().setKey(utf8("a/k")));
        assertThat(anonymous.next().getCancelReason()).endsWith(NO_USER);
        anonymous.abort();
    }

    @Test
    void aWatchEndsWithTheRightToIt() throws Exception {
        var anonymous = new WatchStreamClient(api.channel, true, new Metadata());
        anonymous.create(WatchCreateRequest.newBuilder().setKey(utf8("a/k")));
        assertThat(anonymous.next().getCreated()).isTrue();
        enable();
        var stream = new WatchStreamClient(api.channel, true, metadata(ada));
        stream.create(WatchCreateRequest.newBuilder().setKey(utf8("a/k")));
        assertThat(stream.next().getCreated()).isTrue();

        as(root, api.kv()).put(put("a/k"));
        assertThat(stream.next().getEventsCount()).isEqualTo(1);
        var unknown = anonymous.next();
        assertThat(unknown.getEventsCount()).isZero();
        assertThat(unknown.getCanceled()).isTrue();
        assertThat(unknown.getCancelReason()).isEqualTo("rpc error: code = InvalidArgument desc = " + NO_USER);
        as(root, auth())
                .roleRevokePermission(AuthRoleRevokePermissionRequest.newBuilder()
                        .setRole("editor")
                        .setKey(utf8("a/"))
                        .setRangeEnd(utf8("a0"))
                        .build());
        as(root, api.kv()).put(put("a/k"));
        var revoked = stream.next();
        assertThat(revoked.getEventsCount()).isZero();
        assertThat(revoked.getCancelReason()).endsWith(DENIED);
        anonymous.abort();
        stream.abort();
    }

    @Test
    void leasesAreForUsersAndTheirKeysForThoseWhoMayReadThem() {
        enable();
        assertFails(() -> api.grant(60), Code.INVALID_ARGUMENT, NO_USER);
        assertFails(
                () -> api.leases().leaseLeases(LeaseLeasesRequest.getDefaultInstance()),
                Code.INVALID_ARGUMENT,
                NO_USER);
        long lease = as(ada, api.leases())
                .leaseGrant(LeaseGrantRequest.newBuilder().setTTL(60).build())
                .getID();
        as(ada, api.kv()).put(put("a/k").toBuilder().setLease(lease).build());
        var withKeys =
                LeaseTimeToLiveRequest.newBuilder().setID(lease).setKeys(true).build();
        assertThat(as(ada, api.leases()).leaseTimeToLive(withKeys).getKeysCount())
                .isEqualTo(1);
        as(root, api.kv()).put(put("k").toBuilder().setLease(lease).build());
        assertFails(() -> as(ada, api.leases()).leaseTimeToLive(withKeys), Code.PERMISSION_DENIED, DENIED);
        assertThat(as(ada, api.leases())
                        .leaseTimeToLive(
                                LeaseTimeToLiveRequest.newBuilder().setID(lease).build())
                        .getTTL())
                .isPositive();
    }

    @Test
    void locksAreAcquiredByThoseWhoMayWriteTheirKeys() {
        enable();
        var locks = LockGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
        assertThat(as(ada, locks)
                        .lock(LockRequest.newBuilder().setName(utf8("a/door")).build())
                        .getKey()
                        .toStringUtf8())
                .startsWith("a/door/");
        assertFails(
                () -> as(ada, locks)
                        .lock(LockRequest.newBuilder().setName(utf8("door")).build()),
                Code.UNKNOWN,
                DENIED);
    }

    @Test
    void whatIsToldOfAStateIsDecidedByItsRights() throws Exception {
        enable();
        as(root, auth()).authDisable(AuthDisableRequest.getDefaultInstance());
        var users = AuthGrpc.newFutureStub(api.channel);
        var maintenance = MaintenanceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
        api.member.hold();
        var enabled = users.authEnable(AuthEnableRequest.getDefaultInstance());
        await().until(() -> api.member.held() >= 1);
        int before = api.member.held();
        var listed = users.userList(AuthUserListRequest.getDefaultInstance());
        var roles = users.roleList(AuthRoleListRequest.getDefaultInstance());
        var snapshot = CompletableFuture.supplyAsync(() -> maintenance
                .snapshot(SnapshotRequest.getDefaultInstance())
                .next()
                .getBlob()
                .size());
        await().until(() -> api.member.held() >= before + 3);
        api.member.release();
        enabled.get(20, TimeUnit.SECONDS);
        for (Future<?> answer : List.of(listed, roles, snapshot)) {
            assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS)).hasMessageContaining(NO_USER);
        }
    }

    @Test
    void aWaitingLockIsAnsweredWhenItsRightIsRevoked() throws Exception {
        enable();
        var locks = LockGrpc.newFutureStub(api.channel);
        var door = LockRequest.newBuilder().setName(utf8("a/door")).build();
        var held = as(root, locks).lock(door);
        var key = held.get(20, TimeUnit.SECONDS).getKey();
        var waiting = as(ada, locks).lock(door);
        await().until(() -> as(root, api.kv())
                        .range(get("a/").toBuilder().setRangeEnd(utf8("a0")).build())
                        .getCount()
                == 2);
        as(root, auth())
                .roleRevokePermission(AuthRoleRevokePermissionRequest.newBuilder()
                        .setRole("editor")
                        .setKey(utf8("a/"))
                        .setRangeEnd(utf8("a0"))
                        .build());
        as(root, locks).unlock(UnlockRequest.newBuilder().setKey(key).build()).get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS)).hasMessageContaining(DENIED);
    }

    @Test
    void theClusterIsAdministeredByRoot() {
        enable();
        var cluster = ClusterGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
        var maintenance = MaintenanceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
        var timestamps = TimestampsGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
        var add = MemberAddRequest.newBuilder()
                .addPeerURLs("http://127.0.0.1:7777")
                .build();
        assertFails(() -> cluster.memberAdd(add), Code.INVALID_ARGUMENT, NO_USER);
        assertFails(() -> as(ada, cluster).memberAdd(add), Code.PERMISSION_DENIED, DENIED);
        assertThat(as(root, cluster).memberAdd(add).hasMember()).isTrue();
        assertFails(
                () -> as(ada, maintenance).hashKV(HashKVRequest.getDefaultInstance()), Code.PERMISSION_DENIED, DENIED);
        assertFails(
                () -> maintenance.defragment(DefragmentRequest.getDefaultInstance()), Code.INVALID_ARGUMENT, NO_USER);
        assertThat(maintenance.status(StatusRequest.getDefaultInstance()).hasHeader())
                .as("for monitoring")
                .isTrue();
        assertThat(cluster.memberList(MemberListRequest.newBuilder()
                                .setLinearizable(true)
                                .build())
                        .getMembersCount())
                .isEqualTo(2);
        var one = AllocateRequest.newBuilder().setCount(1).build();
        assertFails(() -> timestamps.allocate(one), Code.INVALID_ARGUMENT, NO_USER);
        assertThat(as(ada, timestamps).allocate(one).getCount()).isEqualTo(1);
    }
}
