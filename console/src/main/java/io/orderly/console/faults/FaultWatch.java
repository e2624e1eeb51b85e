package io.orderly.console.faults;

import io.orderly.console.upstream.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks for the active faults again and again. */
public final class FaultWatch implements AutoCloseable {

    /** The answer names the effect of each fault, for which a service is asked that may be paused. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

    private final @Nullable Upstream control;
    private final Duration interval;
    private final FaultHistory history = new FaultHistory();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile FaultsView view;

    /**
     * @param control what injects faults; null if the system accepts none
     * @param interval between two looks; a shorter fault can be missed
     */
    public FaultWatch(@Nullable Upstream control, Duration interval) {
        this.control = control;
        this.interval = interval;
        this.view = control == null ? FaultsView.OFF : history.noAnswer();
    }

    public void start() {
        if (control != null) {
            Thread.ofVirtual().name("faults").start(() -> run(control));
        }
    }

    public FaultsView view() {
        return view;
    }

    private void run(Upstream asked) {
        try {
            do {
                view = look(asked);
            } while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FaultsView look(Upstream asked) throws InterruptedException {
        try {
            return history.observe(FaultAnswer.read(asked.read("/faults", ANSWER_TIMEOUT)), System.currentTimeMillis());
        } catch (IOException e) {
            return history.noAnswer();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
