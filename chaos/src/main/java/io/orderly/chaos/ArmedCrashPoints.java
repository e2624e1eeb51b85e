package io.orderly.chaos;

import io.orderly.chaos.ServiceFault.AtPoint;
import io.orderly.chaos.ServiceFault.Crash;
import io.orderly.chaos.ServiceFault.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Crash points at which a fault ends or suspends the process. */
final class ArmedCrashPoints implements CrashPoints {

    /** The exit status of an injected crash, different from those of other exits such as {@code kill -9}. */
    static final int EXIT_CODE = 99;

    private static final Logger log = LoggerFactory.getLogger(ArmedCrashPoints.class);

    private final ActiveFaults faults;
    private final IntConsumer halt;
    private final Runnable suspend;
    private final Map<String, CrashPoint> points = new ConcurrentHashMap<>();

    /**
     * @param halt ends the process with this exit status, without shutdown hooks
     * @param suspend suspends the process, and returns when it continues
     */
    ArmedCrashPoints(ActiveFaults faults, IntConsumer halt, Runnable suspend) {
        this.faults = faults;
        this.halt = halt;
        this.suspend = suspend;
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
        faults.of(AtPoint.class)
                .filter(active -> active.fault().point().equals(name))
                .filter(active ->
                        active.hits().incrementAndGet() == active.fault().passing())
                .findAny()
                .ifPresent(active -> takeEffect(active.fault()));
    }

    private void takeEffect(AtPoint fault) {
        switch (fault) {
            case Crash(String point, Integer passing) -> {
                log.error("Crash point {} is passed (pass {}): halting the process", point, passing);
                halt.accept(EXIT_CODE);
            }
            case Pause(String point, Integer passing) -> {
                log.warn("Crash point {} is passed (pass {}): suspending the process", point, passing);
                suspend.run();
                log.warn("The process continues at crash point {}", point);
            }
        }
    }

    /** Stops this process with a signal that it cannot handle. The shell ends when the process continues at the latest. */
    static void suspendProcess() {
        try {
            new ProcessBuilder(
                            "sh", "-c", "kill -STOP " + ProcessHandle.current().pid())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
