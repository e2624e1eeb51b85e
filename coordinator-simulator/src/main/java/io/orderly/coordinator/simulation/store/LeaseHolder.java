package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreResponse;
import java.util.OptionalLong;

/** Holds a lease for a client, and keeps it alive for as long as that wants. */
final class LeaseHolder extends StoreClient {

    private final LeaseChecker book;
    private final long lease;
    private final long ttlMillis;
    private final Runnable lost;
    private boolean keeps = true;
    private long standsStillUntilMicros;

    /** @param lost told at most once, when the node says that it has ended */
    LeaseHolder(StoreWorkload workload, String name, long lease, long ttlMillis, Runnable lost) {
        super(workload, name, 1_000 * ttlMillis / 3);
        this.book = workload.leases();
        this.lease = lease;
        this.ttlMillis = ttlMillis;
        this.lost = lost;
    }

    /** The lease is granted, and kept from then on. It may have been granted, and ended, before that is heard. */
    void grant(Runnable granted) {
        long sentMicros = nowMicros();
        this.<StoreResponse>call(
                (server, answer) -> server.execute(new StoreCommand.LeaseGrant(lease, ttlMillis), answer),
                Long.MAX_VALUE,
                _ -> {
                    // the first attempt may be the one that did it, so time counts from there
                    book.granted(lease, sentMicros);
                    granted.run();
                    think();
                },
                _ -> {});
    }

    /** As its client does, which is one process with it. */
    void standStill(long micros) {
        standsStillUntilMicros = nowMicros() + micros;
    }

    boolean isValid() {
        return book.isValid(lease);
    }

    /** Lets it run out. */
    void stop() {
        keeps = false;
        book.letGo(lease);
    }

    /** Gives it up. */
    void revoke() {
        stop();
        this.<StoreResponse>callAside(
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
        if (nowMicros() < standsStillUntilMicros) {
            context.time().after(standsStillUntilMicros - nowMicros(), this::begin);
            return;
        }
        long sentMicros = nowMicros();
        book.renews(lease);
        this.<OptionalLong>call(
                (server, answer) -> server.keepAlive(lease, answer),
                sentMicros + 1_000 * ttlMillis,
                renewed -> {
                    if (renewed.isPresent()) {
                        book.renewed(lease, sentMicros);
                        think();
                    } else {
                        keeps = false;
                        book.notRenewed(lease);
                        ended();
                    }
                },
                _ -> {
                    book.notRenewed(lease);
                    think();
                });
    }

    private void ended() {
        if (checker().hasLease(lease)) {
            throw PropertyViolation.safety("a lease reported as ended has ended", Long.toString(lease));
        }
        book.letGo(lease);
        lost.run();
    }
}
