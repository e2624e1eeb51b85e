package io.orderly.coordinator.client;

import io.orderly.coordinator.queue.QueueEntry;
import java.time.Duration;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The common part of locks and elections: an attempt to reach the head of a queue, with its own lease. */
final class Contest {

    private final ClientSettings settings;
    private final LeaseRequests leases;
    private final Writes writes;
    private final Contender.Watching watching;
    private final Loop loop;
    private final Environment environment;

    Contest(
            ClientSettings settings,
            LeaseRequests leases,
            Writes writes,
            Contender.Watching watching,
            Loop loop,
            Environment environment) {
        this.settings = settings;
        this.leases = leases;
        this.writes = writes;
        this.watching = watching;
        this.loop = loop;
        this.environment = environment;
    }

    /** The same with leases of another time to live. */
    Contest withLeaseTtl(Duration ttl) {
        return new Contest(settings.withLeaseTtl(ttl), leases, writes, watching, loop, environment);
    }

    /** An attempt that has begun. Its keys are deleted when the lease is closed. */
    record Attempt(Lease lease, Contender contender) {

        /** Stops the attempt, and releases what it holds. Waits for the members. */
        void end() {
            contender.abandon();
            lease.close();
        }
    }

    /**
     * Begins an attempt.
     *
     * @param queue creates the entry, from the id of its lease
     * @param timeout until when the lease must be granted
     * @throws CoordinatorException if it was not granted
     */
    Attempt enter(LongFunction<QueueEntry> queue, Duration timeout, Contender.Listener listener) {
        LeaseLoss loss = new LeaseLoss();
        Lease lease = leases.grant(settings.leaseTtl(), timeout, loss);
        Contender contender = new Contender(
                queue.apply(lease.id()),
                new Session(lease),
                writes,
                watching,
                loop,
                settings.retries(),
                environment,
                listener);
        contender.begin();
        loss.tell(contender);
        return new Attempt(lease, contender);
    }

    Loop loop() {
        return loop;
    }

    ClientSettings settings() {
        return settings;
    }

    Environment environment() {
        return environment;
    }

    /** The lease may be lost before the contender exists. */
    private static final class LeaseLoss implements Runnable {

        private @Nullable Contender contender;
        private boolean lost;

        @Override
        public synchronized void run() {
            lost = true;
            if (contender != null) {
                contender.leaseLost();
            }
        }

        synchronized void tell(Contender one) {
            contender = one;
            if (lost) {
                one.leaseLost();
            }
        }
    }
}
