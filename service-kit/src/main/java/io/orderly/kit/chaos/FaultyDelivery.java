package io.orderly.kit.chaos;

import io.orderly.kit.chaos.ServiceFault.Delays;
import io.orderly.kit.chaos.ServiceFault.Duplicates;
import io.orderly.kit.chaos.ServiceFault.Place;
import io.orderly.kit.messaging.RawMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Delivers records late, twice or with errors. A record that is held up is not acknowledged, so none is lost when the process
 * dies; only a duplicate may be.
 */
final class FaultyDelivery implements Delivery {

    private final ActiveFaults faults;
    private final Disturbances disturbances;
    private final RandomGenerator random;
    private final Map<String, List<Copy>> copies = new ConcurrentHashMap<>();

    FaultyDelivery(ActiveFaults faults, Disturbances disturbances, RandomGenerator random) {
        this.faults = faults;
        this.disturbances = disturbances;
        this.random = random;
    }

    /** A record that will arrive once more. */
    private record Copy(RawMessage message, long dueNanos) {}

    @Override
    public void deliver(List<RawMessage> batch, Consumer<List<RawMessage>> handler) {
        disturbances.strike(Place.LISTENER, () -> new IllegalStateException("the listener fails on purpose"));
        List<RawMessage> arriving =
                Stream.concat(batch.stream(), takeDueCopies(batch)).toList();
        Map<Optional<Duration>, List<RawMessage>> parts = byDelay(arriving);
        parts.forEach((delay, part) -> {
            delay.ifPresent(Disturbances::rest);
            handler.accept(part);
        });
    }

    /** Those that are not delayed come first. */
    private Map<Optional<Duration>, List<RawMessage>> byDelay(List<RawMessage> batch) {
        Map<Optional<Duration>, List<RawMessage>> parts = new LinkedHashMap<>();
        Optional<ActiveFault<Delays>> active = faults.of(Delays.class).findFirst();
        if (active.isEmpty()) {
            parts.put(Optional.empty(), batch);
            return parts;
        }
        Delays delays = active.get().fault();
        Map<String, Boolean> late = new HashMap<>();
        for (boolean wanted : new boolean[] {false, true}) {
            List<RawMessage> part = batch.stream()
                    .filter(each -> late.computeIfAbsent(
                                    Objects.requireNonNullElse(each.key(), ""),
                                    _ -> random.nextDouble() < delays.share())
                            == wanted)
                    .toList();
            if (!part.isEmpty()) {
                parts.put(wanted ? Optional.of(Duration.ofMillis(delays.delayMillis())) : Optional.empty(), part);
            }
            if (wanted) {
                part.forEach(_ -> active.get().hit());
            }
        }
        return parts;
    }

    private Stream<RawMessage> takeDueCopies(List<RawMessage> batch) {
        List<Copy> waiting = copies.computeIfAbsent(batch.getFirst().topic(), _ -> new ArrayList<>());
        List<RawMessage> due = new ArrayList<>();
        synchronized (waiting) {
            faults.of(Duplicates.class)
                    .forEach(active -> batch.stream()
                            .filter(_ -> random.nextDouble() < active.fault().share())
                            .forEach(each -> {
                                active.hit();
                                waiting.add(new Copy(each, System.nanoTime() + lateNanos(active.fault())));
                            }));
            for (Iterator<Copy> each = waiting.iterator(); each.hasNext(); ) {
                Copy copy = each.next();
                if (copy.dueNanos() - System.nanoTime() <= 0) {
                    due.add(copy.message());
                    each.remove();
                }
            }
        }
        return due.stream();
    }

    private static long lateNanos(Duplicates duplicates) {
        return Duration.ofMillis(Objects.requireNonNull(duplicates.lateMillis()))
                .toNanos();
    }
}
