package io.orderly.coordinator.client;

import io.orderly.coordinator.client.WriteOutcome.Reason;
import io.orderly.coordinator.store.StoreCommand;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Opens the session of a client with its first write, and another when that has ended. Thread-safe. */
final class SessionHolder implements AutoCloseable {

    private final LeaseRequests leases;
    private final Writes writes;
    private final ClientSettings settings;
    private final Loop loop;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Session current;

    SessionHolder(LeaseRequests leases, Writes writes, ClientSettings settings, Loop loop) {
        this.leases = leases;
        this.writes = writes;
        this.settings = settings;
        this.loop = loop;
    }

    WriteOutcome execute(StoreCommand.Txn write) {
        Session session;
        try {
            session = open();
        } catch (CoordinatorException e) {
            return new WriteOutcome.NotApplied(new Reason.Unreachable(String.valueOf(e.getMessage())));
        }
        WriteOutcome outcome = writes.execute(session, write);
        if (outcome instanceof WriteOutcome.NotApplied(Reason.LeaseEnded _)) {
            // the session's lease may have ended before this client noticed; if it was the write's, it ends the same
            // way again
            drop(session);
            try {
                return writes.execute(open(), write);
            } catch (CoordinatorException _) {
                return outcome;
            }
        }
        return outcome;
    }

    private Session open() {
        lock.lock();
        try {
            if (current == null || !current.lease().isValid()) {
                Duration ttl = settings.leaseTtl();
                current = new Session(leases.grant(ttl, settings.timeout(), () -> {}));
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** The lease is not revoked: other writes of this client may be under way in the session. */
    private void drop(Session ended) {
        lock.lock();
        try {
            if (current == ended) {
                current = null;
            }
        } finally {
            lock.unlock();
        }
        loop.after(
                settings.timeout().multipliedBy(2),
                () -> loop.fork(() -> ended.lease().close()));
    }

    /** Ends the session. A write that is under way may become unknown. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (current != null) {
                current.lease().close();
                current = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
