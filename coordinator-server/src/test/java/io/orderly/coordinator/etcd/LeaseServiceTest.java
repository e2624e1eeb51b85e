package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static io.orderly.coordinator.etcd.EtcdApi.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseGrpc;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveRequest;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveResponse;
import io.orderly.coordinator.api.etcd.LeaseLeasesRequest;
import io.orderly.coordinator.api.etcd.LeaseRevokeRequest;
import io.orderly.coordinator.api.etcd.LeaseStatus;
import io.orderly.coordinator.api.etcd.LeaseTimeToLiveRequest;
import io.orderly.coordinator.api.etcd.LeaseTimeToLiveResponse;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseServiceTest {

    private final EtcdApi api = new EtcdApi();

    @AfterEach
    void close() {
        api.close();
    }

    private LeaseTimeToLiveResponse timeToLive(long id) {
        return api.leases()
                .leaseTimeToLive(LeaseTimeToLiveRequest.newBuilder()
                        .setID(id)
                        .setKeys(true)
                        .build());
    }

    private void revoke(long id) {
        api.leases().leaseRevoke(LeaseRevokeRequest.newBuilder().setID(id).build());
    }

    @Test
    void theServerChoosesAnIdIfTheClientDoesNot() {
        assertThat(api.grant(10)).isPositive().isNotEqualTo(api.grant(10));
        var response = api.leases()
                .leaseGrant(LeaseGrantRequest.newBuilder().setID(7).setTTL(10).build());
        assertThat(response.getID()).isEqualTo(7);
        assertThat(response.getTTL()).isEqualTo(10);
        assertFails(
                () -> api.leases()
                        .leaseGrant(LeaseGrantRequest.newBuilder()
                                .setID(7)
                                .setTTL(10)
                                .build()),
                Code.FAILED_PRECONDITION,
                "etcdserver: lease already exists");
    }

    @Test
    void aTtlIsRaisedToTheMinimumAndRefusedOverTheMaximum() {
        for (long ttl : new long[] {0, -5, 1}) {
            assertThat(api.leases()
                            .leaseGrant(
                                    LeaseGrantRequest.newBuilder().setTTL(ttl).build())
                            .getTTL())
                    .isEqualTo(2);
        }
        for (long ttl : new long[] {9_000_000_001L, Long.MAX_VALUE}) {
            assertFails(() -> api.grant(ttl), Code.OUT_OF_RANGE, "etcdserver: too large lease TTL");
        }
        assertThat(api.grant(9_000_000_000L)).isPositive();
    }

    @Test
    void timeToLiveReturnsTimesAndKeys() {
        long id = api.grant(100);
        api.put("b", "", id);
        api.put("a", "", id);
        LeaseTimeToLiveResponse response = timeToLive(id);
        assertThat(response.getGrantedTTL()).isEqualTo(100);
        assertThat(response.getTTL()).isBetween(90L, 100L);
        assertThat(response.getKeysList()).containsExactly(utf8("a"), utf8("b"));
        assertThat(timeToLive(id + 1).getTTL()).isEqualTo(-1);
        assertThat(timeToLive(id + 1).getGrantedTTL()).isZero();
    }

    @Test
    void theKeysOfARevokedLeaseAreDeleted() {
        long id = api.grant(100);
        api.put("a", "", id);
        revoke(id);
        assertThat(api.get("a").getCount()).isZero();
        assertFails(() -> revoke(id), Code.NOT_FOUND, "etcdserver: requested lease not found");
    }

    @Test
    void theKeysOfAnExpiredLeaseAreDeleted() {
        api.put("a", "", api.grant(1));
        await().untilAsserted(() -> assertThat(api.get("a").getCount()).isZero());
    }

    @Test
    void allLeasesAreListed() {
        long one = api.grant(10);
        long other = api.grant(10);
        assertThat(api.leases()
                        .leaseLeases(LeaseLeasesRequest.getDefaultInstance())
                        .getLeasesList())
                .map(LeaseStatus::getID)
                .containsExactlyInAnyOrder(one, other);
    }

    // keep-alives

    private static final class KeepAlives implements StreamObserver<LeaseKeepAliveResponse> {

        final BlockingQueue<LeaseKeepAliveResponse> responses = new LinkedBlockingQueue<>();
        final CompletableFuture<Status> closed = new CompletableFuture<>();

        @Override
        public void onNext(LeaseKeepAliveResponse response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable failure) {
            closed.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            closed.complete(Status.OK);
        }
    }

    private static LeaseKeepAliveRequest keepAlive(long id) {
        return LeaseKeepAliveRequest.newBuilder().setID(id).build();
    }

    @Test
    void oneStreamKeepsManyLeasesAlive() throws Exception {
        long id = api.grant(50);
        var keepAlives = new KeepAlives();
        var requests = LeaseGrpc.newStub(api.channel).leaseKeepAlive(keepAlives);
        requests.onNext(keepAlive(id));
        requests.onNext(keepAlive(404));
        assertThat(keepAlives.responses.poll(10, TimeUnit.SECONDS).getTTL()).isEqualTo(50);
        assertThat(keepAlives.responses.poll(10, TimeUnit.SECONDS).getTTL()).isZero();
        for (int i = 0; i < 1_000; i++) {
            requests.onNext(keepAlive(id));
        }
        requests.onCompleted();
        assertThat(keepAlives.closed.get(10, TimeUnit.SECONDS)).isEqualTo(Status.OK);
        assertThat(keepAlives.responses).hasSize(1_000);
    }

    @Test
    void aStreamWhoseRenewalIsRefusedEndsWithTheReason() throws Exception {
        api.member.answerWith(new ReplicaOutcome.Unknown(1));
        var keepAlives = new KeepAlives();
        LeaseGrpc.newStub(api.channel).leaseKeepAlive(keepAlives).onNext(keepAlive(3));
        assertThat(keepAlives.closed.get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Code.UNAVAILABLE);
    }
}
