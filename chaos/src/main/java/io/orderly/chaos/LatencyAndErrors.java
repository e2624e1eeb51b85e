package io.orderly.chaos;

import io.orderly.chaos.ServiceFault.Errors;
import io.orderly.chaos.ServiceFault.InjectionPoint;
import io.orderly.chaos.ServiceFault.Latency;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Latency and errors, wherever they are let in. */
final class LatencyAndErrors {

    private final ActiveFaults faults;
    private final RandomGenerator random;

    LatencyAndErrors(ActiveFaults faults, RandomGenerator random) {
        this.faults = faults;
        this.random = random;
    }

    /**
     * Returns late, or not at all, if a fault of this place says so.
     *
     * @throws X from the failure that is handed in
     */
    <X extends Exception> void strike(InjectionPoint place, Supplier<X> failure) throws X {
        faults.of(Latency.class)
                .filter(active -> active.fault().place() == place)
                .forEach(active -> {
                    active.hit();
                    rest(delayOf(active.fault()));
                });
        for (ActiveFault<Errors> active : faults.of(Errors.class).toList()) {
            if (active.fault().place() == place
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

    /** Being interrupted ends the rest. */
    static void rest(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
