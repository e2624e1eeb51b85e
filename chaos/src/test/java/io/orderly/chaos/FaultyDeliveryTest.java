package io.orderly.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.chaos.ServiceFault.Delays;
import io.orderly.chaos.ServiceFault.Duplicates;
import io.orderly.chaos.ServiceFault.Errors;
import io.orderly.chaos.ServiceFault.InjectionPoint;
import io.orderly.chaos.ServiceFault.Latency;
import io.orderly.chaos.ServiceFault.Poison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class FaultyDeliveryTest {

    private final ActiveFaults faults = new ActiveFaults(new SimpleMeterRegistry(), () -> true);
    private final List<List<ConsumerRecord<String, byte[]>>> deliveries = new ArrayList<>();
    private final List<Boolean> handling = new ArrayList<>();
    private int passesBeforeAcknowledgement;
    private final FaultyDelivery delivery = new FaultyDelivery(
            batch -> {
                deliveries.add(batch);
                handling.add(FaultyDelivery.isHandling());
            },
            faults,
            new LatencyAndErrors(faults, new Random(1)),
            new Random(1),
            () -> passesBeforeAcknowledgement++);

    @Test
    void batchesAreDeliveredUnchangedWithoutFaults() {
        List<ConsumerRecord<String, byte[]>> batch = batch("a", "b", "a");

        delivery.onMessage(batch);

        assertThat(deliveries).containsExactly(batch);
    }

    @Test
    void crashPointsArePassedAroundTheListener() {
        delivery.onMessage(batch("a", "b"));

        assertThat(handling).containsExactly(true);
        assertThat(FaultyDelivery.isHandling()).isFalse();
        assertThat(passesBeforeAcknowledgement).isEqualTo(1);
    }

    @Test
    void duplicatesAreDeliveredImmediatelyByDefault() {
        ActiveFault<?> duplicates = faults.add(new Duplicates(1, null));
        List<ConsumerRecord<String, byte[]>> batch = batch("a", "b");

        delivery.onMessage(batch);

        assertThat(deliveries)
                .containsExactly(Stream.concat(batch.stream(), batch.stream()).toList());
        assertThat(duplicates.hits()).hasValue(2);
    }

    @Test
    void lateDuplicatesAreDeliveredWithALaterBatch() {
        faults.put("late", new Duplicates(1, 40));
        List<ConsumerRecord<String, byte[]>> first = batch("a");
        delivery.onMessage(first);
        assertThat(deliveries).containsExactly(first);
        faults.remove("late");

        long dueNanos = System.nanoTime() + Duration.ofMillis(40).toNanos();
        while (System.nanoTime() - dueNanos < 0) {
            Thread.onSpinWait();
        }
        List<ConsumerRecord<String, byte[]>> second = batch("b");
        delivery.onMessage(second);

        assertThat(deliveries.getLast()).containsExactly(second.getFirst(), first.getFirst());
    }

    @Test
    void delaysPreserveTheOrderOfEachKey() {
        ActiveFault<?> delays = faults.add(new Delays(0.5, 1));
        List<ConsumerRecord<String, byte[]>> batch = IntStream.range(0, 60)
                .mapToObj(i -> message("key-" + i % 10, i))
                .toList();

        delivery.onMessage(batch);

        assertThat(deliveries).hasSize(2);
        assertThat(deliveries.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(batch);
        for (List<ConsumerRecord<String, byte[]>> part : deliveries) {
            assertThat(part).isSortedAccordingTo((a, b) -> Long.compare(a.offset(), b.offset()));
        }
        assertThat(keys(deliveries.getFirst())).doesNotContainAnyElementsOf(keys(deliveries.getLast()));
        assertThat(delays.hits()).hasValue(deliveries.getLast().size());
    }

    @Test
    void poisonedKeysArriveWithHalfOfTheirBodyUntilTheFaultEnds() {
        ActiveFault<?> poison = faults.put("poison", new Poison(0.5));
        List<ConsumerRecord<String, byte[]>> batch = IntStream.range(0, 60)
                .mapToObj(i -> new ConsumerRecord<>("topic", 0, i, "key-" + i % 20, new byte[10]))
                .toList();

        delivery.onMessage(batch);
        delivery.onMessage(batch);
        Set<String> poisoned = keysOfLength(5, deliveries.getFirst());
        assertThat(poisoned).isNotEmpty().hasSizeLessThan(20).isEqualTo(keysOfLength(5, deliveries.getLast()));
        assertThat(keysOfLength(10, deliveries.getFirst())).doesNotContainAnyElementsOf(poisoned);
        assertThat(poison.hits()).hasValue(2 * 3 * poisoned.size());

        faults.remove("poison");
        delivery.onMessage(batch);
        assertThat(deliveries.getLast()).isEqualTo(batch);
    }

    private static Set<String> keysOfLength(int bytes, List<ConsumerRecord<String, byte[]>> messages) {
        return messages.stream()
                .filter(message -> message.value().length == bytes)
                .map(ConsumerRecord::key)
                .collect(Collectors.toSet());
    }

    @Test
    void errorsOccurBeforeTheListener() {
        ActiveFault<?> errors = faults.add(new Errors(InjectionPoint.LISTENER, 1));

        assertThatThrownBy(() -> delivery.onMessage(batch("a"))).hasMessageContaining("injected");

        assertThat(deliveries).isEmpty();
        assertThat(errors.hits()).hasValue(1);
    }

    @Test
    void latencyDelaysTheListener() {
        faults.add(new Latency(InjectionPoint.LISTENER, 30, null));
        faults.add(new Latency(InjectionPoint.HTTP_CLIENT, 60_000, null));
        long beganNanos = System.nanoTime();

        delivery.onMessage(batch("a"));

        assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(deliveries).hasSize(1);
    }

    private static List<String> keys(List<ConsumerRecord<String, byte[]>> messages) {
        return messages.stream().map(ConsumerRecord::key).distinct().toList();
    }

    private static List<ConsumerRecord<String, byte[]>> batch(String... keys) {
        return IntStream.range(0, keys.length)
                .mapToObj(i -> message(keys[i], i))
                .toList();
    }

    private static ConsumerRecord<String, byte[]> message(String key, long offset) {
        return new ConsumerRecord<>("topic", 0, offset, key, new byte[0]);
    }
}
