package io.orderly.coordinator.client;

import io.orderly.coordinator.api.etcd.LeaseGrantRequest;
import io.orderly.coordinator.api.etcd.LeaseGrantResponse;
import io.orderly.coordinator.api.etcd.LeaseGrpc;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveRequest;
import io.orderly.coordinator.api.etcd.LeaseRevokeRequest;
import io.orderly.coordinator.client.RetryRule.Repetition;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests about leases. */
final class LeaseRequests {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseRequests.class);

    private final Calls calls;
    private final Loop loop;
    private final ClientSettings settings;
    private final Environment environment;
    private final ClientObserver observer;

    LeaseRequests(Calls calls, Loop loop, ClientSettings settings, Environment environment, ClientObserver observer) {
        this.calls = calls;
        this.loop = loop;
        this.settings = settings;
        this.environment = environment;
        this.observer = observer;
    }

    /**
     * Grants a lease and keeps it alive. Its id is chosen here, so that a repeated request cannot leave a second lease behind. A lease that
     * is granted so late that it may have ended already is revoked, and another one is requested.
     *
     * @param ttl rounded up to seconds; the members may grant a longer one
     * @param timeout until when it must be granted
     * @param onLost called once if it is lost
     * @throws CoordinatorException if it was not granted until the timeout
     */
    Lease grant(Duration ttl, Duration timeout, Runnable onLost) {
        long seconds = Math.max(1, ttl.plusSeconds(1).minusNanos(1).toSeconds());
        long began = now();
        Duration left = timeout;
        do {
            long id = environment.random().nextLong(1, Long.MAX_VALUE);
            long asked = now();
            Duration granted = Duration.ofSeconds(grant(id, seconds, left));
            LeaseTerm term = new LeaseTerm(granted, asked, settings.clockDrift());
            if (term.holds(now())) {
                Lease lease = new Lease(id, granted, term, this, loop, environment, observer, onLost);
                lease.keepAlive();
                return lease;
            }
            loop.fork(() -> revoke(id));
            left = timeout.minusNanos(now() - began);
        } while (left.isPositive());
        throw new CoordinatorException("each lease was granted so late that it may have ended already");
    }

    private long now() {
        return environment.nanoTime().getAsLong();
    }

    private long grant(long id, long seconds, Duration timeout) {
        LeaseGrantRequest request =
                LeaseGrantRequest.newBuilder().setID(id).setTTL(seconds).build();
        try {
            LeaseGrantResponse response =
                    calls.call("lease-grant", LeaseGrpc.getLeaseGrantMethod(), request, Repetition.SAFE, timeout);
            return response.getTTL();
        } catch (CallFailed e) {
            if (e.failure().isLeaseExists()) {
                // by an earlier attempt whose response was lost; the granted time is at least the requested one
                return seconds;
            }
            throw e.forReader();
        }
    }

    /** @return the full time of the lease; zero if there is no such lease */
    Duration keepAlive(long id, Duration timeout) throws CallFailed {
        LeaseKeepAliveRequest request =
                LeaseKeepAliveRequest.newBuilder().setID(id).build();
        return Duration.ofSeconds(calls.exchange(LeaseGrpc.getLeaseKeepAliveMethod(), request, timeout)
                .getTTL());
    }

    void revoke(long id) {
        try {
            calls.call(
                    "lease-revoke",
                    LeaseGrpc.getLeaseRevokeMethod(),
                    LeaseRevokeRequest.newBuilder().setID(id).build(),
                    Repetition.SAFE);
        } catch (CallFailed e) {
            if (!e.failure().isLeaseNotFound()) {
                LOG.warn("lease {} was not revoked, and ends after its time: {}", Long.toHexString(id), e.getMessage());
            }
        }
    }
}
