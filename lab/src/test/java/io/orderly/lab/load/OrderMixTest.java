package io.orderly.lab.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orderly.contracts.Sku;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OrderMixTest {

    private static final List<Sku> PRODUCTS = List.of(new Sku("A-1"), new Sku("B-2"), new Sku("C-3"), new Sku("D-4"));

    @Property(tries = 100)
    void anOrderDependsOnlyOnItsNumberAndTheSeed(
            @ForAll long seed, @ForAll @LongRange(min = 0, max = 1_000_000) long number) {
        PlannedOrder once = mix(seed).order(number);
        OrderMix another = mix(seed);
        another.order(number + 1);
        PlannedOrder again = another.order(number);
        assertThat(again.body()).isEqualTo(once.body());
        assertThat(again.key()).isEqualTo(once.key());
        assertThat(again.scenario()).isEqualTo(once.scenario());
        assertThat(again.cancelAfter()).isEqualTo(once.cancelAfter());
    }

    @Test
    void ordersDifferByNumberAndSeed() {
        Set<String> bodies = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            for (long number = 0; number < 50; number++) {
                JsonNode body = body(mix(seed).order(number));
                bodies.add(body.path("customer") + " " + body.path("lines")
                        + body.path("address").path("street"));
            }
        }
        assertThat(bodies).hasSizeGreaterThan(990);
    }

    @Test
    void generatesScenariosWithTheGivenShares() {
        OrderMix mix = mix(42);
        Map<OrderScenario, Long> counts = new EnumMap<>(OrderScenario.class);
        LongStream.range(0, 10_000)
                .forEach(number -> counts.merge(mix.order(number).scenario(), 1L, Long::sum));
        assertThat(counts.get(OrderScenario.UNPAYABLE) / 10_000.0).isCloseTo(0.06, within(0.01));
        assertThat(counts.get(OrderScenario.UNDELIVERABLE) / 10_000.0).isCloseTo(0.06, within(0.01));
        assertThat(counts.get(OrderScenario.OUT_OF_STOCK) / 10_000.0).isCloseTo(0.04, within(0.01));
        assertThat(counts.get(OrderScenario.UNKNOWN_PRODUCT) / 10_000.0).isCloseTo(0.03, within(0.01));
        assertThat(counts.get(OrderScenario.CANCELLED_AT_ONCE) / 10_000.0).isCloseTo(0.08, within(0.01));
    }

    @Test
    void eachOrderMatchesItsScenario() {
        OrderMix mix = mix(7);
        for (long number = 0; number < 1_000; number++) {
            PlannedOrder order = mix.order(number);
            JsonNode body = body(order);
            List<String> skus = body.path("lines").values().stream()
                    .map(line -> line.path("sku").stringValue())
                    .toList();
            assertThat(skus).doesNotHaveDuplicates().isNotEmpty();
            assertThat(body.path("address").path("name").stringValue()).isEqualTo(order.key());
            assertThat(body.path("customer").stringValue().equals("broke"))
                    .isEqualTo(order.scenario() == OrderScenario.UNPAYABLE);
            assertThat(body.path("address").path("country").stringValue().equals("AQ"))
                    .isEqualTo(order.scenario() == OrderScenario.UNDELIVERABLE);
            assertThat(skus.contains("BOOK-FIRST-EDITION")).isEqualTo(order.scenario() == OrderScenario.OUT_OF_STOCK);
            assertThat(skus.contains("NO-SUCH-PRODUCT")).isEqualTo(order.scenario() == OrderScenario.UNKNOWN_PRODUCT);
        }
    }

    @Test
    void rejectsSharesThatAreNegativeOrExceedOne() {
        assertThatThrownBy(() -> new MixShares(0.5, 0.5, 0.1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MixShares(-0.1, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MixShares(Double.NaN, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static OrderMix mix(long seed) {
        return new OrderMix("test", seed, PRODUCTS, 1_000, MixShares.EVERY_WAY);
    }

    private static JsonNode body(PlannedOrder order) {
        return JsonMapper.shared().readTree(new String(order.body(), UTF_8));
    }
}
