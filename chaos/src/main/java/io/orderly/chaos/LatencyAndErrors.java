package io.orderly.chaos;

import io.orderly.chaos.ServiceFault.Errors;
import io.orderly.chaos.ServiceFault.InjectionPoint;
import io.orderly.chaos.ServiceFault.Latency;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Injects latency and errors. */
final class LatencyAndErrors {

    private final ActiveFaults faults;
    private final RandomGenerator random;

    LatencyAndErrors(ActiveFaults faults, RandomGenerator random) {
        this.faults = faults;
        this.random = random;
    }

    /**
     * Delays the caller and throws, as the active faults of this injection point require.
     *
     * @throws X the given failure
     */
    <X extends Exception> void inject(InjectionPoint point, Supplier<X> failure) throws X {
        faults.of(Latency.class)
                .filter(active -> active.fault().place() == point)
                .forEach(active -> {
                    active.hit();
                    pause(delayOf(active.fault()));
                });
        for (ActiveFault<Errors> active : faults.of(Errors.class).toList()) {
            if (active.fault().place() == point
                    && random.nextDouble() < active.fault().share()) {
                active.hit();
                throw failure.get();
            }
        }
    }

    private Duration delayOf(Latency latency) {
        int jitterMillis = Objects.requireNonNull(latency.jitterMillis());
        return Duration.ofMillis(latency.delayMillis() + random.nextLong(-jitterMillis, jitterMillis + 1L));
    }

    /** Returns early if the thread is interrupted. */
    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
