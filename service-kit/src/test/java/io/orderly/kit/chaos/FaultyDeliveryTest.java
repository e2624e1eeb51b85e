package io.orderly.kit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.kit.chaos.ServiceFault.Delays;
import io.orderly.kit.chaos.ServiceFault.Duplicates;
import io.orderly.kit.chaos.ServiceFault.Errors;
import io.orderly.kit.chaos.ServiceFault.Latency;
import io.orderly.kit.chaos.ServiceFault.Place;
import io.orderly.kit.messaging.RawMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultyDeliveryTest {

    private final ActiveFaults faults = new ActiveFaults(new SimpleMeterRegistry());
    private final FaultyDelivery delivery =
            new FaultyDelivery(faults, new Disturbances(faults, new Random(1)), new Random(1));
    private final List<List<RawMessage>> deliveries = new ArrayList<>();

    @Test
    void isFaithfulWhileNoFaultIsOn() {
        List<RawMessage> batch = batch("a", "b", "a");

        delivery.deliver(batch, deliveries::add);

        assertThat(deliveries).containsExactly(batch);
    }

    @Test
    void deliversSomeAgainAtOnce() {
        ActiveFault<?> duplicates = faults.add(new Duplicates(1, null));
        List<RawMessage> batch = batch("a", "b");

        delivery.deliver(batch, deliveries::add);

        assertThat(deliveries)
                .containsExactly(Stream.concat(batch.stream(), batch.stream()).toList());
        assertThat(duplicates.hits()).hasValue(2);
    }

    @Test
    void deliversADuplicateWithALaterBatchAndNotSooner() {
        faults.put("late", new Duplicates(1, 40));
        List<RawMessage> first = batch("a");
        delivery.deliver(first, deliveries::add);
        assertThat(deliveries).containsExactly(first);
        faults.remove("late");

        long dueNanos = System.nanoTime() + Duration.ofMillis(40).toNanos();
        while (System.nanoTime() - dueNanos < 0) {
            Thread.onSpinWait();
        }
        List<RawMessage> second = batch("b");
        delivery.deliver(second, deliveries::add);

        assertThat(deliveries.getLast()).containsExactly(second.getFirst(), first.getFirst());
    }

    @Test
    void holdsUpSomeKeysWholeSoThatEachKeepsItsOrder() {
        ActiveFault<?> delays = faults.add(new Delays(0.5, 1));
        List<RawMessage> batch = IntStream.range(0, 60)
                .mapToObj(i -> message("key-" + i % 10, i))
                .toList();

        delivery.deliver(batch, deliveries::add);

        assertThat(deliveries).hasSize(2);
        assertThat(deliveries.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(batch);
        for (List<RawMessage> part : deliveries) {
            assertThat(part).isSortedAccordingTo((a, b) -> Long.compare(a.offset(), b.offset()));
        }
        assertThat(keys(deliveries.getFirst())).doesNotContainAnyElementsOf(keys(deliveries.getLast()));
        assertThat(delays.hits()).hasValue(deliveries.getLast().size());
    }

    @Test
    void failsBeforeAnythingIsHandled() {
        ActiveFault<?> errors = faults.add(new Errors(Place.LISTENER, 1));

        assertThatThrownBy(() -> delivery.deliver(batch("a"), deliveries::add)).hasMessageContaining("on purpose");

        assertThat(deliveries).isEmpty();
        assertThat(errors.hits()).hasValue(1);
    }

    @Test
    void takesItsTime() {
        faults.add(new Latency(Place.LISTENER, 30, null));
        faults.add(new Latency(Place.HTTP_CLIENT, 60_000, null));
        long beganNanos = System.nanoTime();

        delivery.deliver(batch("a"), deliveries::add);

        assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(deliveries).hasSize(1);
    }

    private static List<String> keys(List<RawMessage> messages) {
        return messages.stream().map(RawMessage::key).distinct().toList();
    }

    private static List<RawMessage> batch(String... keys) {
        return IntStream.range(0, keys.length)
                .mapToObj(i -> message(keys[i], i))
                .toList();
    }

    private static RawMessage message(String key, long offset) {
        return new RawMessage("topic", 0, offset, 0, key, Map.of(), new byte[0]);
    }
}
