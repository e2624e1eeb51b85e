package io.orderly.chaos;

import io.orderly.chaos.ServiceFault.Crash;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Crash points at which a crash fault ends the process. */
final class ArmedCrashPoints implements CrashPoints {

    /** The exit status of an injected crash, different from those of other exits such as {@code kill -9}. */
    static final int EXIT_CODE = 99;

    private static final Logger log = LoggerFactory.getLogger(ArmedCrashPoints.class);

    private final ActiveFaults faults;
    private final IntConsumer halt;
    private final Map<String, CrashPoint> points = new ConcurrentHashMap<>();

    /** @param halt ends the process with this exit status, without shutdown hooks */
    ArmedCrashPoints(ActiveFaults faults, IntConsumer halt) {
        this.faults = faults;
        this.halt = halt;
    }

    @Override
    public CrashPoint named(String name) {
        return points.computeIfAbsent(name, _ -> () -> pass(name));
    }

    /** The names of all crash points that this service can pass. */
    Set<String> names() {
        return new ConcurrentSkipListSet<>(points.keySet());
    }

    private void pass(String name) {
        faults.of(Crash.class)
                .filter(active -> active.fault().point().equals(name))
                .filter(active ->
                        active.hits().incrementAndGet() == active.fault().passing())
                .findAny()
                .ifPresent(active -> {
                    log.error(
                            "Crash point {} is passed (pass {}): halting the process",
                            name,
                            active.fault().passing());
                    halt.accept(EXIT_CODE);
                });
    }
}
