package io.orderly.lab.torture.coordinator;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseGrantResponse;
import io.orderly.coordinator.api.etcd.LeaseGrpc;
import io.orderly.coordinator.api.etcd.LeaseRevokeRequest;
import io.orderly.coordinator.api.etcd.LockGrpc;
import io.orderly.coordinator.api.etcd.LockRequest;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RangeResponse;
import io.orderly.coordinator.api.etcd.UnlockRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A client that acquires a lock under a lease, holds it for a while and releases it; or it abandons the lock, as if its process had been
 * killed, and the lease must expire.
 */
final class LockClient implements TortureClient {

    /** The prefix of the names of all locks. */
    static final String PREFIX = "torture-lock/";

    /** In seconds. */
    static final long TTL = 3;

    private static final int LOCKS = 2;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
    private static final int LONGEST_HOLD_MILLIS = 1_500;
    private static final double FORGOTTEN = 0.2;

    private final int number;
    private final List<ManagedChannel> members;
    private final HoldRecorder holds;
    private final Random random;

    /** @param members connections to all of them */
    LockClient(int number, List<ManagedChannel> members, HoldRecorder holds, long seed) {
        this.number = number;
        this.members = members;
        this.holds = holds;
        this.random = new Random(seed);
    }

    @Override
    public void step() throws InterruptedException {
        try {
            long sentNanos = System.nanoTime();
            LeaseGrantResponse lease = LeaseGrpc.newBlockingStub(anyMember())
                    .withDeadlineAfter(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .leaseGrant(LeaseGrantRequest.newBuilder().setTTL(TTL).build());
            LeaseRenewal renewal =
                    LeaseRenewal.start(lease.getID(), lease.getTTL(), sentNanos, members, random.nextLong());
            try {
                hold(lease.getID(), renewal);
            } finally {
                renewal.stop();
            }
        } catch (StatusRuntimeException e) {
            holds.failed();
            Thread.sleep(PAUSE_AFTER_FAILURE);
        }
    }

    private void hold(long lease, LeaseRenewal renewal) throws InterruptedException {
        String lock = PREFIX + random.nextInt(LOCKS);
        long requestedNanos = System.nanoTime();
        Optional<ByteString> key = acquire(lock, lease);
        long acquiredNanos = System.nanoTime();
        if (key.isEmpty() || !renewal.isValid(acquiredNanos)) {
            holds.failed();
            revoke(lease);
            return;
        }
        OptionalLong token = token(key.get());
        Thread.sleep(random.nextInt(LONGEST_HOLD_MILLIS));
        renewal.stop();
        boolean isForgotten = random.nextDouble() < FORGOTTEN;
        long untilNanos =
                isForgotten ? renewal.validUntilNanos() : Math.min(System.nanoTime(), renewal.validUntilNanos());
        holds.add(new Hold(lock, number, token, requestedNanos, acquiredNanos, untilNanos), isForgotten);
        if (!isForgotten) {
            release(key.get(), lease);
        }
    }

    private Optional<ByteString> acquire(String lock, long lease) {
        try {
            return Optional.of(LockGrpc.newBlockingStub(anyMember())
                    .withDeadlineAfter(LOCK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .lock(LockRequest.newBuilder()
                            .setName(ByteString.copyFromUtf8(lock))
                            .setLease(lease)
                            .build())
                    .getKey());
        } catch (StatusRuntimeException e) {
            return Optional.empty();
        }
    }

    /** Empty if the key does not exist, because the lease has ended, or if the read failed. */
    private OptionalLong token(ByteString key) {
        try {
            RangeResponse response = KVGrpc.newBlockingStub(anyMember())
                    .withDeadlineAfter(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .range(RangeRequest.newBuilder().setKey(key).build());
            return response.getKvsList().stream()
                    .mapToLong(found -> found.getCreateRevision())
                    .findFirst();
        } catch (StatusRuntimeException e) {
            return OptionalLong.empty();
        }
    }

    private void release(ByteString key, long lease) {
        try {
            LockGrpc.newBlockingStub(anyMember())
                    .withDeadlineAfter(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .unlock(UnlockRequest.newBuilder().setKey(key).build());
        } catch (StatusRuntimeException e) {
            // the end of the lease releases it
        }
        revoke(lease);
    }

    private void revoke(long lease) {
        try {
            LeaseGrpc.newBlockingStub(anyMember())
                    .withDeadlineAfter(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .leaseRevoke(LeaseRevokeRequest.newBuilder().setID(lease).build());
        } catch (StatusRuntimeException e) {
            // the lease expires
        }
    }

    private ManagedChannel anyMember() {
        return ReachableMembers.choose(members, Function.identity(), random).orElseGet(members::getFirst);
    }
}
