package io.orderly.coordinator.client;

import io.orderly.coordinator.election.Election;
import io.orderly.coordinator.queue.EndReason;
import io.orderly.coordinator.queue.QueueSettings;
import io.orderly.coordinator.store.Bytes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A candidate in a named election. After {@link #campaign} it campaigns until it {@linkplain #resign resigns}: if its lease or its
 * connection is lost, it campaigns again with a new one. Thread-safe.
 */
public final class LeaderElection implements AutoCloseable {

    private final Contest contest;
    private final Election election;
    private final Bytes value;
    private final ElectionListener listener;
    private final ReentrantLock lock = new ReentrantLock();

    private CompletableFuture<Void> callbacks = CompletableFuture.completedFuture(null);
    private boolean standing;
    private int failures;
    private @Nullable Candidacy candidacy;

    LeaderElection(Contest contest, String name, Bytes value, ElectionListener listener) {
        this.contest = contest;
        this.value = value;
        this.listener = listener;
        election = new Election(QueueSettings.DEFAULTS, name);
    }

    /** Campaigns from now on. Returns at once; has no effect if it campaigns already. */
    public void campaign() {
        lock.lock();
        try {
            if (!standing) {
                standing = true;
                stand();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the campaign; the candidate no longer leads when this returns. Waits for the members, so that the next candidate leads at once.
     */
    public void resign() {
        Candidacy last;
        lock.lock();
        try {
            standing = false;
            last = candidacy;
            candidacy = null;
            if (last != null) {
                last.over();
            }
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.release();
        }
    }

    @Override
    public void close() {
        resign();
    }

    /** Whether no other candidate can lead now. */
    public boolean isLeader() {
        return token().isPresent();
    }

    /** The token of the leader if it is this candidate; to be passed with everything that the leader changes. */
    public Optional<FencingToken> token() {
        lock.lock();
        try {
            return candidacy == null ? Optional.empty() : candidacy.validToken();
        } finally {
            lock.unlock();
        }
    }

    private void stand() {
        Candidacy next = new Candidacy();
        candidacy = next;
        contest.loop().fork(next::begin);
    }

    private void standAgain(Candidacy last) {
        lock.lock();
        try {
            if (candidacy != last) {
                return;
            }
            last.over();
            candidacy = null;
            contest.loop()
                    .after(
                            contest.settings()
                                    .retries()
                                    .delay(++failures, contest.environment().random()),
                            this::standIfWanted);
        } finally {
            lock.unlock();
        }
        contest.loop().fork(last::release);
    }

    private void standIfWanted() {
        lock.lock();
        try {
            if (standing && candidacy == null) {
                stand();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(Runnable call) {
        callbacks = callbacks.handleAsync(
                (_, _) -> {
                    call.run();
                    return null;
                },
                contest.loop().virtualThreads());
    }

    /** One attempt, with its lease. Its fields are guarded by the lock of the election. */
    private final class Candidacy implements Contender.Listener {

        private Contest.@Nullable Attempt attempt;
        private @Nullable FencingToken token;
        private boolean over;

        void begin() {
            try {
                Contest.Attempt begun = contest.enter(
                        lease -> election.campaign(
                                lease,
                                1,
                                value,
                                contest.environment().nanoTime().getAsLong()),
                        contest.settings().timeout(),
                        this);
                lock.lock();
                try {
                    attempt = begun;
                    if (token != null && !over) {
                        lead(token);
                    }
                } finally {
                    lock.unlock();
                }
                if (isOver()) {
                    release();
                }
            } catch (CoordinatorException _) {
                standAgain(this);
            }
        }

        @Override
        public void acquired(FencingToken acquired) {
            lock.lock();
            try {
                token = acquired;
                if (attempt != null && !over) {
                    lead(acquired);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void ended(EndReason reason) {
            standAgain(this);
        }

        private void lead(FencingToken elected) {
            failures = 0;
            tell(() -> listener.onElected(elected));
        }

        Optional<FencingToken> validToken() {
            return attempt != null && attempt.lease().isValid() ? Optional.ofNullable(token) : Optional.empty();
        }

        /** Ends the attempt; called once, by the holder of the lock of the election. */
        void over() {
            over = true;
            if (token != null && attempt != null) {
                FencingToken last = token;
                tell(() -> listener.onLost(last));
            }
        }

        private boolean isOver() {
            lock.lock();
            try {
                return over;
            } finally {
                lock.unlock();
            }
        }

        void release() {
            Contest.Attempt ending;
            lock.lock();
            try {
                ending = attempt;
            } finally {
                lock.unlock();
            }
            if (ending != null) {
                ending.end();
            }
        }
    }
}
