package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.OptionalLong;

/** Requests a lease for a client, and renews it until the client stops it. */
final class LeaseHolder extends StoreClient {

    private final LeaseChecker leaseChecker;
    private final long lease;
    private final long ttlMillis;
    private final Runnable lost;
    private boolean keeps = true;
    private long pausedUntilMicros;

    /** @param lost called at most once, when a node responds that the lease has ended */
    LeaseHolder(StoreWorkload workload, String name, long lease, long ttlMillis, Runnable lost) {
        super(workload, name, 1_000 * ttlMillis / 3);
        this.leaseChecker = workload.leases();
        this.lease = lease;
        this.ttlMillis = ttlMillis;
        this.lost = lost;
    }

    /** Requests the lease, and renews it from then on. The lease may have ended before the response arrives. */
    void grant(Runnable granted) {
        long sentMicros = nowMicros();
        this.<StoreResponse>call(
                (server, answer) -> server.execute(new StoreCommand.LeaseGrant(lease, ttlMillis), answer),
                Long.MAX_VALUE,
                _ -> {
                    // the first attempt may have granted it, so the time counts from there
                    leaseChecker.granted(lease, sentMicros);
                    granted.run();
                    think();
                },
                _ -> {});
    }

    /** Pauses together with the client, which is in the same process. */
    void pauseFor(long micros) {
        pausedUntilMicros = nowMicros() + micros;
    }

    boolean isValid() {
        return leaseChecker.isValid(lease);
    }

    /** Lets the lease expire. */
    void stop() {
        keeps = false;
        leaseChecker.abandon(lease);
    }

    /** Revokes the lease. */
    void revoke() {
        stop();
        this.<StoreResponse>callConcurrently(
                (server, answer) -> server.execute(new StoreCommand.LeaseRevoke(lease), answer),
                nowMicros() + 1_000_000,
                _ -> {},
                _ -> {});
    }

    @Override
    void begin() {
        if (!keeps) {
            return;
        }
        if (nowMicros() < pausedUntilMicros) {
            context.time().after(pausedUntilMicros - nowMicros(), this::begin);
            return;
        }
        long sentMicros = nowMicros();
        leaseChecker.renews(lease);
        this.<OptionalLong>call(
                (server, answer) -> server.keepAlive(lease, answer),
                sentMicros + 1_000 * ttlMillis,
                renewed -> {
                    if (renewed.isPresent()) {
                        leaseChecker.renewed(lease, sentMicros);
                        think();
                    } else {
                        keeps = false;
                        leaseChecker.notRenewed(lease);
                        ended();
                    }
                },
                _ -> {
                    leaseChecker.notRenewed(lease);
                    think();
                });
    }

    private void ended() {
        if (checker().hasLease(lease)) {
            throw PropertyViolation.safety("a lease reported as ended has ended", Long.toString(lease));
        }
        leaseChecker.abandon(lease);
        lost.run();
    }
}
