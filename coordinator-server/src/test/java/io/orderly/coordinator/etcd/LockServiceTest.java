package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static io.orderly.coordinator.etcd.EtcdApi.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.orderly.coordinator.api.etcd.LeaseRevokeRequest;
import io.orderly.coordinator.api.etcd.LockGrpc;
import io.orderly.coordinator.api.etcd.LockRequest;
import io.orderly.coordinator.api.etcd.LockResponse;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.UnlockRequest;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import io.orderly.coordinator.queue.QueueEntry;
import io.orderly.coordinator.queue.QueueKey;
import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.store.Bytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LockServiceTest {

    private final EtcdApi api = new EtcdApi();
    private final LockGrpc.LockFutureStub locks = LockGrpc.newFutureStub(api.channel);

    @AfterEach
    void close() {
        api.close();
    }

    private ListenableFuture<LockResponse> lock(long lease) {
        return locks.lock(
                LockRequest.newBuilder().setName(utf8("door")).setLease(lease).build());
    }

    private ByteString acquired(ListenableFuture<LockResponse> call) throws Exception {
        return call.get(10, TimeUnit.SECONDS).getKey();
    }

    private void unlock(ByteString key) throws Exception {
        locks.unlock(UnlockRequest.newBuilder().setKey(key).build()).get(10, TimeUnit.SECONDS);
    }

    private long waiting() {
        return api.kv()
                .range(RangeRequest.newBuilder()
                        .setKey(utf8("door/"))
                        .setRangeEnd(utf8("door0"))
                        .setCountOnly(true)
                        .build())
                .getCount();
    }

    @Test
    void theLockIsAcquiredInTheOrderOfTheCalls() throws Exception {
        ByteString first = acquired(lock(api.grant(60)));
        assertThat(first.toStringUtf8()).startsWith("door/");
        ListenableFuture<LockResponse> second = lock(api.grant(60));
        await().untilAsserted(() -> assertThat(waiting()).isEqualTo(2));
        ListenableFuture<LockResponse> third = lock(api.grant(60));
        await().untilAsserted(() -> assertThat(waiting()).isEqualTo(3));
        unlock(first);
        ByteString next = acquired(second);
        assertThat(third).isNotDone();
        unlock(next);
        acquired(third);
        await().untilAsserted(() -> assertThat(api.member.watches()).isZero());
    }

    @Test
    void aRepeatedCallOfTheSameLeaseContinuesTheFirst() throws Exception {
        long lease = api.grant(60);
        ByteString key = acquired(lock(lease));
        assertThat(acquired(lock(lease))).isEqualTo(key);
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void aCancelledCallLeavesTheQueue() throws Exception {
        ByteString held = acquired(lock(api.grant(60)));
        ListenableFuture<LockResponse> cancelled = lock(api.grant(60));
        await().untilAsserted(() -> assertThat(waiting()).isEqualTo(2));
        cancelled.cancel(true);
        await().untilAsserted(() -> assertThat(waiting()).isEqualTo(1));
        await().untilAsserted(() -> assertThat(api.member.watches()).isZero());
        ListenableFuture<LockResponse> next = lock(api.grant(60));
        unlock(held);
        acquired(next);
    }

    @Test
    void aCallThatIsCancelledWhileItJoinsLeavesTheQueue() {
        long lease = api.grant(60);
        api.member.hold();
        ListenableFuture<LockResponse> cancelled = lock(lease);
        cancelled.cancel(true);
        api.member.release();
        await().during(200, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(waiting()).isZero());
    }

    /** The client has received no key that it could unlock. */
    @Test
    void anAttemptThatReachesTheHeadAfterItsCallWasCancelledLeavesTheQueue() {
        var key = new QueueKey(Bytes.utf8("door/"), api.grant(60), 1);
        var entry = new QueueEntry(QueueSettings.DEFAULTS, key, Bytes.EMPTY, 0, Long.MAX_VALUE);
        var isAcquired = new CompletableFuture<Boolean>();
        new QueueAttempt(api.member, entry, new QueueAttempt.Listener() {
                    @Override
                    public boolean acquired(Bytes acquired, long token) {
                        isAcquired.complete(true);
                        return false;
                    }

                    @Override
                    public void failed(Status status) {
                        isAcquired.complete(false);
                    }
                })
                .begin();
        assertThat(isAcquired).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        await().untilAsserted(() -> assertThat(waiting()).isZero());
        await().untilAsserted(() -> assertThat(api.member.watches()).isZero());
    }

    @Test
    void aWaitingCallEndsWithItsLease() throws Exception {
        acquired(lock(api.grant(60)));
        long lease = api.grant(60);
        ListenableFuture<LockResponse> waiting = lock(lease);
        await().untilAsserted(() -> assertThat(waiting()).isEqualTo(2));
        api.leases().leaseRevoke(LeaseRevokeRequest.newBuilder().setID(lease).build());
        assertFails(() -> result(waiting), Code.UNKNOWN, "mutex: session is expired");
        assertFails(() -> result(lock(404)), Code.UNKNOWN, "etcdserver: requested lease not found");
    }

    @Test
    void aCallWithoutALeaseGetsOne() throws Exception {
        ByteString key = acquired(lock(0));
        assertThat(api.get(key.toStringUtf8()).getKvs(0).getLease()).isPositive();
    }

    @Test
    void aCallWhoseOutcomeIsUnknownFailsAndLeavesNoKey() {
        long lease = api.grant(60);
        api.member.answerWith(new ReplicaOutcome.Unknown(1));
        assertFails(
                () -> result(lock(lease)),
                Code.UNAVAILABLE,
                "etcdserver: request timed out, possibly due to previous leader failure");
        api.member.answerWith(null);
        await().during(500, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(waiting()).isZero());
    }

    private static void result(ListenableFuture<?> call) throws Throwable {
        try {
            call.get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause();
        }
    }
}
