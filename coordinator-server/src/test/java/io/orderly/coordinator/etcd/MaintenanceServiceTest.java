package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static io.orderly.coordinator.etcd.EtcdApi.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.orderly.coordinator.api.etcd.AlarmRequest;
import io.orderly.coordinator.api.etcd.CompactionRequest;
import io.orderly.coordinator.api.etcd.DefragmentRequest;
import io.orderly.coordinator.api.etcd.DowngradeRequest;
import io.orderly.coordinator.api.etcd.HashKVRequest;
import io.orderly.coordinator.api.etcd.HashKVResponse;
import io.orderly.coordinator.api.etcd.HashRequest;
import io.orderly.coordinator.api.etcd.MaintenanceGrpc;
import io.orderly.coordinator.api.etcd.MoveLeaderRequest;
import io.orderly.coordinator.api.etcd.MoveLeaderResponse;
import io.orderly.coordinator.api.etcd.SnapshotRequest;
import io.orderly.coordinator.api.etcd.SnapshotResponse;
import io.orderly.coordinator.api.etcd.StatusRequest;
import io.orderly.coordinator.api.etcd.StatusResponse;
import io.orderly.coordinator.consensus.NodeId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaintenanceServiceTest {

    private final EtcdApi api = new EtcdApi();

    @AfterEach
    void close() {
        api.close();
    }

    private MaintenanceGrpc.MaintenanceBlockingStub maintenance() {
        return MaintenanceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private HashKVResponse hash(long revision) {
        return maintenance()
                .hashKV(HashKVRequest.newBuilder().setRevision(revision).build());
    }

    @Test
    void theStatusReportsLeaderAndLog() {
        api.put("a", "1");
        StatusResponse status = maintenance().status(StatusRequest.getDefaultInstance());
        assertThat(status.getLeader()).isEqualTo(1);
        assertThat(status.getRaftTerm()).isEqualTo(1);
        assertThat(status.getRaftIndex()).isPositive();
        assertThat(status.getDbSize()).isPositive();
        assertThat(status.getVersion()).isEqualTo(ApiVersion.SERVER);
        assertThat(status.getErrorsList()).isEmpty();
        api.member.loseLeader();
        status = maintenance().status(StatusRequest.getDefaultInstance());
        assertThat(status.getLeader()).isZero();
        assertThat(status.getErrorsList()).containsExactly("etcdserver: no leader");
    }

    @Test
    void theHashOfARevisionStaysTheSame() {
        api.put("a", "1");
        api.put("b", "2");
        int hash = hash(3).getHash();
        assertThat(hash(0).getHash()).isEqualTo(hash);
        api.put("a", "3");
        assertThat(hash(3).getHash()).isEqualTo(hash);
        assertThat(hash(0).getHash()).isNotEqualTo(hash);
        assertThat(hash(0).getHashRevision()).isEqualTo(4);
        assertFails(() -> hash(9), Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision is a future revision");
        api.kv().compact(CompactionRequest.newBuilder().setRevision(4).build());
        assertFails(() -> hash(3), Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted");
        assertThat(hash(4).getCompactRevision()).isEqualTo(4);
        int all = maintenance().hash(HashRequest.getDefaultInstance()).getHash();
        api.put("b", "2");
        assertThat(maintenance().hash(HashRequest.getDefaultInstance()).getHash())
                .isNotEqualTo(all);
    }

    @Test
    void aBackupHasHeaderContentAndChecksum() throws Exception {
        for (int i = 0; i < 200; i++) {
            api.put("key" + i, "v".repeat(5_000));
        }
        var backup = new ByteArrayOutputStream();
        long remaining = Long.MAX_VALUE;
        var parts = maintenance().snapshot(SnapshotRequest.getDefaultInstance());
        while (parts.hasNext()) {
            SnapshotResponse part = parts.next();
            assertThat(part.getRemainingBytes()).isLessThanOrEqualTo(remaining);
            remaining = part.getRemainingBytes();
            part.getBlob().writeTo(backup);
        }
        assertThat(remaining).isZero();
        byte[] bytes = backup.toByteArray();
        assertThat(bytes.length % 512).isEqualTo(32);
        byte[] sum = Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length);
        assertThat(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(bytes, bytes.length - 32)))
                .isEqualTo(sum);
        ByteBuffer header = ByteBuffer.wrap(bytes);
        byte[] magic = new byte[8];
        header.get(magic);
        assertThat(magic).isEqualTo(utf8("ORDERLYB").toByteArray());
        assertThat(header.getInt()).isEqualTo(1);
        assertThat(header.getLong()).isEqualTo(api.member.clusterId());
        assertThat(header.getLong()).isEqualTo(201);
        assertThat(header.getLong()).isBetween(1_000_000L, bytes.length - 544L);
    }

    @Test
    void onlyTheLeaderMovesLeadershipAndOnlyToAVoter() {
        MoveLeaderRequest toSelf = MoveLeaderRequest.newBuilder().setTargetID(1).build();
        assertThat(maintenance().moveLeader(toSelf)).isEqualTo(MoveLeaderResponse.getDefaultInstance());
        assertFails(
                () -> maintenance()
                        .moveLeader(
                                MoveLeaderRequest.newBuilder().setTargetID(7).build()),
                Code.FAILED_PRECONDITION,
                "etcdserver: bad leader transferee");
        api.member.loseLeader();
        assertFails(() -> maintenance().moveLeader(toSelf), Code.FAILED_PRECONDITION, "etcdserver: not leader");
    }

    @Test
    void thereAreNoAlarmsAndNothingToDefragment() {
        assertThat(maintenance().alarm(AlarmRequest.getDefaultInstance()).getAlarmsList())
                .isEmpty();
        maintenance().defragment(DefragmentRequest.getDefaultInstance());
    }

    @Test
    void alarmsFollowFromTheDiskAndFromStatesThatDiffer() {
        api.member.fillDisk(true);
        assertThat(alarms()).containsExactly("1 NOSPACE");
        api.member.fillDisk(false);
        api.member.differ(new NodeId(3));
        assertThat(alarms()).containsExactly("3 CORRUPT");
        api.member.differ();
        assertThat(alarms()).isEmpty();
    }

    private List<String> alarms() {
        return maintenance().alarm(AlarmRequest.getDefaultInstance()).getAlarmsList().stream()
                .map(alarm -> alarm.getMemberID() + " " + alarm.getAlarm())
                .toList();
    }

    @Test
    void aDowngradeIsRefused() {
        assertDowngradeFails(
                DowngradeRequest.newBuilder().setVersion("3.4.0"),
                Code.INVALID_ARGUMENT,
                "etcdserver: invalid downgrade target version");
        assertDowngradeFails(
                DowngradeRequest.newBuilder().setVersion("old"),
                Code.INVALID_ARGUMENT,
                "etcdserver: wrong downgrade target version format");
        assertDowngradeFails(
                DowngradeRequest.newBuilder().setAction(DowngradeRequest.DowngradeAction.CANCEL),
                Code.FAILED_PRECONDITION,
                "etcdserver: no inflight downgrade job");
    }

    private void assertDowngradeFails(DowngradeRequest.Builder request, Code code, String text) {
        assertFails(() -> maintenance().downgrade(request.build()), code, text);
    }
}
