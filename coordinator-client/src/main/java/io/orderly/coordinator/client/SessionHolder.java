package io.orderly.coordinator.client;

import io.orderly.coordinator.client.WriteOutcome.Reason;
import io.orderly.coordinator.store.Operation;
import io.orderly.coordinator.store.StoreCommand;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
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
        if (outcome instanceof WriteOutcome.NotApplied(Reason.LeaseEnded _)
                && (!usesLease(write) || hasEnded(session.lease()))) {
            // the session's lease has ended before this client noticed
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

    /** Whether the refusal may be about a lease of the application. */
    private static boolean usesLease(StoreCommand.Txn write) {
        return Stream.concat(write.then().stream(), write.otherwise().stream())
                .anyMatch(operation -> switch (operation) {
                    case StoreCommand.Put put -> put.lease() != 0;
                    case StoreCommand.Txn nested -> usesLease(nested);
                    case Operation.Range _, StoreCommand.DeleteRange _ -> false;
                });
    }

    /** Queries a member. If none responds, the session is abandoned, and the write is tried in another one. */
    private boolean hasEnded(Lease lease) {
        try {
            return !leases.keepAlive(lease.id(), settings.attemptTimeout()).isPositive();
        } catch (CallFailed _) {
            return true;
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
