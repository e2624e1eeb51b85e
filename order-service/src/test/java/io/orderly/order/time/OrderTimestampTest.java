package io.orderly.order.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.clock.HybridTimestamp;
import io.orderly.contracts.OrderId;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderTimestampTest {

    private static final HybridTimestamp TIME = HybridTimestamp.parse("2026-11-30T12:00:00.123Z#1234");

    @Test
    void becomesAVersion7IdThatContainsIt() {
        OrderId id = id(TIME, 1);

        assertThat(id.value().version()).isEqualTo(7);
        assertThat(id.value().variant()).isEqualTo(2);
        assertThat(OrderTimestamp.of(id)).isEqualTo(TIME);
        assertThat(new OrderTimestamp(TIME, true, 0).toInstant()).hasToString("2026-11-30T12:00:00.123Z");
    }

    @Test
    void idsSortByTheirTimestamps() {
        List<HybridTimestamp> ascending = Stream.of(0L, 1L, 15L, 16L, 0xfffL, 0xffffL, 0x10000L, 0x7fffffffL)
                .map(steps -> HybridTimestamp.fromLong(TIME.toLong() + steps))
                .toList();
        for (int seed = 0; seed < 100; seed++) {
            int random = seed;
            assertThat(ascending.stream().map(time -> id(time, random))).isSorted();
        }
    }

    @Test
    void equalTimestampsBecomeDifferentIds() {
        assertThat(id(TIME, 1)).isNotEqualTo(id(TIME, 2));
    }

    private static OrderId id(HybridTimestamp time, long seed) {
        return new OrderTimestamp(time, true, 0).toId(new Random(seed));
    }
}
