package io.orderly.chaos;

import io.orderly.chaos.ServiceFault.Delays;
import io.orderly.chaos.ServiceFault.Duplicates;
import io.orderly.chaos.ServiceFault.InjectionPoint;
import io.orderly.chaos.ServiceFault.Poison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Delivers records late, repeatedly, in part or with errors. A delayed record is not acknowledged, so it is not lost when the
 * process dies; a pending duplicate may be lost.
 */
final class FaultyDelivery implements BatchMessageListener<String, byte[]> {

    private static final ScopedValue<Boolean> HANDLING = ScopedValue.newInstance();

    private final BatchMessageListener<String, byte[]> listener;
    private final ActiveFaults faults;
    private final LatencyAndErrors latencyAndErrors;
    private final RandomGenerator random;
    private final CrashPoint beforeAcknowledgement;
    private final List<Copy> copies = new ArrayList<>();

    /**
     * @param listener handles each delivered batch
     * @param beforeAcknowledgement passed after the batch is handled and before it is acknowledged to the broker
     */
    FaultyDelivery(
            BatchMessageListener<String, byte[]> listener,
            ActiveFaults faults,
            LatencyAndErrors latencyAndErrors,
            RandomGenerator random,
            CrashPoint beforeAcknowledgement) {
        this.listener = listener;
        this.faults = faults;
        this.latencyAndErrors = latencyAndErrors;
        this.random = random;
        this.beforeAcknowledgement = beforeAcknowledgement;
    }

    /** Whether the current thread is handling a delivered batch. */
    static boolean isHandling() {
        return HANDLING.isBound();
    }

    /** A record that will be delivered again. */
    private record Copy(ConsumerRecord<String, byte[]> message, long dueNanos) {}

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> batch) {
        latencyAndErrors.inject(InjectionPoint.LISTENER, () -> new IllegalStateException("injected listener failure"));
        List<ConsumerRecord<String, byte[]>> arriving = Stream.concat(batch.stream(), takeDueCopies(batch))
                .map(this::poisoned)
                .toList();
        Map<Optional<Duration>, List<ConsumerRecord<String, byte[]>>> parts = byDelay(arriving);
        parts.forEach((delay, part) -> {
            delay.ifPresent(LatencyAndErrors::pause);
            ScopedValue.where(HANDLING, true).run(() -> listener.onMessage(part));
            beforeAcknowledgement.pass();
        });
    }

    /** Splits a batch by delay; records without delay come first. */
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

    /** A record without key or body, and one that no fault affects, is passed on. */
    private ConsumerRecord<String, byte[]> poisoned(ConsumerRecord<String, byte[]> message) {
        if (message.key() == null || message.value() == null) {
            return message;
        }
        Optional<ActiveFault<Poison>> active = faults.of(Poison.class)
                .filter(each -> each.fault().isOf(message.key()))
                .findFirst();
        active.ifPresent(ActiveFault::hit);
        return active.isEmpty() ? message : withHalfOfItsBody(message);
    }

    private static ConsumerRecord<String, byte[]> withHalfOfItsBody(ConsumerRecord<String, byte[]> message) {
        byte[] half = Arrays.copyOf(message.value(), message.value().length / 2);
        return new ConsumerRecord<>(
                message.topic(),
                message.partition(),
                message.offset(),
                message.timestamp(),
                message.timestampType(),
                message.serializedKeySize(),
                half.length,
                message.key(),
                half,
                message.headers(),
                message.leaderEpoch());
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
