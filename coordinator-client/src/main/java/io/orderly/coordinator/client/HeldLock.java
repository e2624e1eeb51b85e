package io.orderly.coordinator.client;

import java.util.concurrent.atomic.AtomicReference;

/** A lock that was acquired. Thread-safe. */
public final class HeldLock implements AutoCloseable {

    private final FencingToken token;
    private final Contest.Attempt attempt;
    private final Loss loss;

    HeldLock(FencingToken token, Contest.Attempt attempt, Loss loss) {
        this.token = token;
        this.attempt = attempt;
        this.loss = loss;
    }

    /** To be passed with each use of the guarded resource. It does not change when the lock is lost. */
    public FencingToken token() {
        return token;
    }

    /** Whether no other client can hold the lock now. Once false, it stays false. */
    public boolean isHeld() {
        return loss.isHeld() && attempt.lease().isValid();
    }

    /** Releases the lock. If no member can be reached, it is released when its lease ends. Has no effect if it is lost. */
    @Override
    public void close() {
        loss.released();
        attempt.end();
    }

    /** Notifies the holder once, unless it has released the lock before. */
    static final class Loss {

        private enum State {
            HELD,
            LOST,
            RELEASED
        }

        private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
        private final Runnable onLost;

        Loss(Runnable onLost) {
            this.onLost = onLost;
        }

        void happened() {
            if (state.compareAndSet(State.HELD, State.LOST)) {
                onLost.run();
            }
        }

        void released() {
            state.compareAndSet(State.HELD, State.RELEASED);
        }

        boolean isHeld() {
            return state.get() == State.HELD;
        }
    }
}
