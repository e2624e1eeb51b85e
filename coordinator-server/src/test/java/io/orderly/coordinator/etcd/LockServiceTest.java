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
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.queue.QueueEntry;
import io.orderly.coordinator.queue.QueueKey;
import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.server.Reply;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
        awaitFramesSent();
        api.member.release();
        await().during(200, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(waiting()).isZero());
    }

    /** The server handles the frames of a connection in order, and refuses this request without its member. */
    private void awaitFramesSent() {
        EtcdApi.assertFails(
                () -> api.put("", "value"), Status.Code.INVALID_ARGUMENT, "etcdserver: key is not provided");
    }

    /** The client has received no key that it could unlock. */
    @Test
    void anAttemptThatReachesTheHeadAfterItsCallWasCancelledLeavesTheQueue() {
        var key = new QueueKey(Bytes.utf8("door/"), api.grant(60), 1);
        var isAcquired = new CompletableFuture<Boolean>();
        begin(api.member, key, QueueAttempt.SETTINGS, isAcquired);
        assertThat(isAcquired).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        await().untilAsserted(() -> assertThat(waiting()).isZero());
        await().untilAsserted(() -> assertThat(api.member.watches()).isZero());
    }

    /** @param isAcquired completed with whether the lock is acquired; then the attempt leaves the queue */
    private static void begin(
            Coordinator coordinator, QueueKey key, QueueSettings settings, CompletableFuture<Boolean> isAcquired) {
        var entry = new QueueEntry(settings, key, Bytes.EMPTY, System.nanoTime(), Long.MAX_VALUE);
        new QueueAttempt(coordinator, entry, settings, new QueueAttempt.Listener() {
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
    }

    /** Its watch has told that the predecessor left, and tells nothing more. */
    @Test
    void aRecheckThatIsRefusedIsRepeated() throws Exception {
        ByteString first = acquired(lock(api.grant(60)));
        var key = new QueueKey(Bytes.utf8("door/"), api.grant(60), 1);
        var isAcquired = new CompletableFuture<Boolean>();
        begin(refusingOnly(2), key, new QueueSettings(Duration.ofMillis(200)), isAcquired);
        await().untilAsserted(() -> assertThat(waiting()).isEqualTo(2));
        unlock(first);
        assertThat(isAcquired).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
    }

    /** @param command this one is refused by the store, counted from 1 */
    private Coordinator refusingOnly(int command) {
        var commands = new AtomicInteger();
        StoreResponse refused = new StoreResponse.Refused(1, new StoreRefusal.TooMuchWork(1));
        return (Coordinator) Proxy.newProxyInstance(
                Coordinator.class.getClassLoader(),
                new Class<?>[] {Coordinator.class},
                (_, method, arguments) -> method.getName().equals("execute") && commands.incrementAndGet() == command
                        ? CompletableFuture.completedFuture(new Reply.Completed<>(refused))
                        : method.invoke(api.member, arguments));
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
