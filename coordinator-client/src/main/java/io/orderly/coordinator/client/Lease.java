package io.orderly.coordinator.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lease that is kept alive until it is closed or lost. Keys that are attached to it exist at most as long as the lease.
 *
 * <p>It is lost, for good, if it could not be renewed in time: a tenth of its time before the earliest moment at which the members can have
 * ended it, so that its holder can still stop. The time is counted from when the renewal was sent, on the monotonic clock, less the allowed
 * drift. {@link #isValid} reads the clock, so it is false in time even if the renewing thread was paused.
 *
 * <p>Thread-safe.
 */
public final class Lease implements AutoCloseable {

    private static final int RETRIES_PER_TERM = 15;

    private final long id;
    private final Duration ttl;
    private final LeaseTerm term;
    private final LeaseRequests requests;
    private final Loop loop;
    private final Environment environment;
    private final ClientObserver observer;
    private final Runnable onLost;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    Lease(
            long id,
            Duration ttl,
            LeaseTerm term,
            LeaseRequests requests,
            Loop loop,
            Environment environment,
            ClientObserver observer,
            Runnable onLost) {
        this.id = id;
        this.ttl = ttl;
        this.term = term;
        this.requests = requests;
        this.loop = loop;
        this.environment = environment;
        this.observer = observer;
        this.onLost = onLost;
    }

    /** Starts the renewals. Called once. */
    void keepAlive() {
        scheduleLossCheck();
        scheduleRenewal();
    }

    /** The id; never 0. */
    public long id() {
        return id;
    }

    /** The full time to live, as the members granted it. */
    public Duration ttl() {
        return ttl;
    }

    /** Whether it is certainly alive now. Once false, it stays false. */
    public boolean isValid() {
        checkLoss();
        lock.lock();
        try {
            return !closed && term.holds(now());
        } finally {
            lock.unlock();
        }
    }

    /** How long it stays valid without another renewal; zero if it is not valid. */
    public Duration remaining() {
        if (!isValid()) {
            return Duration.ZERO;
        }
        lock.lock();
        try {
            Duration left = term.untilLoss(now());
            return left.isNegative() ? Duration.ZERO : left;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Revokes the lease, which deletes the keys attached to it. If no member can be reached, it expires. The callback is not called any
     * more, unless the call has begun. Waits for the members at most as long as a request may take, also if the thread is interrupted.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        // on a separate thread, since an interrupted thread sends no requests
        CompletableFuture<Void> revoked = new CompletableFuture<>();
        boolean revoking = loop.fork(() -> {
            try {
                requests.revoke(id);
            } finally {
                revoked.complete(null);
            }
        });
        if (revoking) {
            revoked.join();
        }
    }

    private void scheduleRenewal() {
        lock.lock();
        try {
            if (!isOver()) {
                loop.after(term.untilRenewal(now()), () -> loop.fork(this::renew));
            }
        } finally {
            lock.unlock();
        }
    }

    private void renew() {
        long request;
        Duration timeout;
        lock.lock();
        try {
            if (isOver()) {
                return;
            }
            request = term.renewing(now());
            timeout = ttl.dividedBy(4);
        } finally {
            lock.unlock();
        }
        try {
            Duration renewed = requests.keepAlive(id, timeout);
            lock.lock();
            try {
                term.renewed(request, renewed);
            } finally {
                lock.unlock();
            }
            checkLoss();
            scheduleRenewal();
        } catch (CallFailed _) {
            lock.lock();
            try {
                term.unanswered(request);
            } finally {
                lock.unlock();
            }
            loop.after(ttl.dividedBy(RETRIES_PER_TERM), () -> loop.fork(this::renew));
        }
    }

    private boolean isOver() {
        return closed || !term.holds(now());
    }

    private void scheduleLossCheck() {
        lock.lock();
        try {
            if (!isOver()) {
                loop.after(term.untilLoss(now()).plusMillis(1), this::scheduleLossCheck);
                return;
            }
        } finally {
            lock.unlock();
        }
        checkLoss();
    }

    /** Notifies the holder once, even if several threads detect the loss. */
    private void checkLoss() {
        lock.lock();
        try {
            if (closed || !term.isLostNow(now())) {
                return;
            }
        } finally {
            lock.unlock();
        }
        observer.leaseLost();
        loop.fork(() -> {
            if (!isClosed()) {
                onLost.run();
            }
        });
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return environment.nanoTime().getAsLong();
    }
}
