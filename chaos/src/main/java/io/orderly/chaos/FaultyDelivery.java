package io.orderly.chaos;

import io.orderly.chaos.ServiceFault.Delays;
import io.orderly.chaos.ServiceFault.Duplicates;
import io.orderly.chaos.ServiceFault.InjectionPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Delivers records late, twice or with errors. A record that is held up is not acknowledged, so none is lost when the process
 * dies; only a duplicate may be.
 */
final class FaultyDelivery implements BatchMessageListener<String, byte[]> {

    private static final ScopedValue<Boolean> UNDER_WAY = ScopedValue.newInstance();

    private final BatchMessageListener<String, byte[]> listener;
    private final ActiveFaults faults;
    private final LatencyAndErrors disturbances;
    private final RandomGenerator random;
    private final CrashPoint beforeAcknowledgement;
    private final List<Copy> copies = new ArrayList<>();

    /**
     * @param listener handles what is delivered, all that belongs together at once
     * @param beforeAcknowledgement passed when it has, and the broker does not know yet
     */
    FaultyDelivery(
            BatchMessageListener<String, byte[]> listener,
            ActiveFaults faults,
            LatencyAndErrors disturbances,
            RandomGenerator random,
            CrashPoint beforeAcknowledgement) {
        this.listener = listener;
        this.faults = faults;
        this.disturbances = disturbances;
        this.random = random;
        this.beforeAcknowledgement = beforeAcknowledgement;
    }

    /** Whether the current thread handles what was delivered. */
    static boolean isUnderWay() {
        return UNDER_WAY.isBound();
    }

    /** A record that will arrive once more. */
    private record Copy(ConsumerRecord<String, byte[]> message, long dueNanos) {}

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> batch) {
        disturbances.strike(InjectionPoint.LISTENER, () -> new IllegalStateException("the listener fails on purpose"));
        List<ConsumerRecord<String, byte[]>> arriving =
                Stream.concat(batch.stream(), takeDueCopies(batch)).toList();
        Map<Optional<Duration>, List<ConsumerRecord<String, byte[]>>> parts = byDelay(arriving);
        parts.forEach((delay, part) -> {
            delay.ifPresent(LatencyAndErrors::rest);
            ScopedValue.where(UNDER_WAY, true).run(() -> listener.onMessage(part));
            beforeAcknowledgement.pass();
        });
    }

    /** Those that are not delayed come first. */
    private Map<Optional<Duration>, List<ConsumerRecord<String, byte[]>>> byDelay(
            List<ConsumerRecord<String, byte[]>> batch) {
        Map<Optional<Duration>, List<ConsumerRecord<String, byte[]>>> parts = new LinkedHashMap<>();
        Optional<ActiveFault<Delays>> active = faults.of(Delays.class).findFirst();
        if (active.isEmpty()) {
            parts.put(Optional.empty(), batch);
            return parts;
        }
        Delays delays = active.get().fault();
        Map<String, Boolean> late = new HashMap<>();
        for (boolean wanted : new boolean[] {false, true}) {
            List<ConsumerRecord<String, byte[]>> part = batch.stream()
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

    private Stream<ConsumerRecord<String, byte[]>> takeDueCopies(List<ConsumerRecord<String, byte[]>> batch) {
        List<ConsumerRecord<String, byte[]>> due = new ArrayList<>();
        synchronized (copies) {
            faults.of(Duplicates.class)
                    .forEach(active -> batch.stream()
                            .filter(_ -> random.nextDouble() < active.fault().share())
                            .forEach(each -> {
                                active.hit();
                                copies.add(new Copy(each, System.nanoTime() + lateNanos(active.fault())));
                            }));
            for (Iterator<Copy> each = copies.iterator(); each.hasNext(); ) {
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
