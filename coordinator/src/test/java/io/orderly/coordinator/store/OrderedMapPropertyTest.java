package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Compares the tree with a map of the JDK; copies of the tree must not change. */
class OrderedMapPropertyTest {

    private record Copy(OrderedMap<Integer, Long> map, List<Long> content) {}

    @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
    void equalsAMapOfTheJdkAndItsCopiesDoNotChange(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5_000) int keys) {
        var random = new SplittableRandom(seed);
        var map = new OrderedMap<Integer, Long>();
        var model = new TreeMap<Integer, Long>();
        List<Copy> copies = new ArrayList<>();
        int length = random.nextInt(1, 8_000);
        int phase = random.nextInt(1, 3_000);
        for (int i = 0; i < length; i++) {
            int key = random.nextInt(keys);
            boolean grows = i / phase % 2 == 0;
            if (random.nextInt(10) < (grows ? 9 : 2)) {
                assertThat(map.put(key, (long) i)).isEqualTo(model.put(key, (long) i));
            } else {
                assertThat(map.remove(key)).isEqualTo(model.remove(key));
            }
            assertThat(map.size()).isEqualTo(model.size());
            if (random.nextInt(1_000) == 0) {
                copies.add(new Copy(map.copy(), List.copyOf(model.values())));
            }
        }
        for (int i = 0; i < 20; i++) {
            int key = random.nextInt(-1, keys + 1);
            assertThat(map.get(key)).isEqualTo(model.get(key));
            same(map.valuesFrom(key), model.tailMap(key).values());
        }
        same(map.values(), model.values());
        copies.forEach(copy -> same(copy.map().values(), copy.content()));
    }

    private static void same(Iterator<Long> found, Collection<Long> expected) {
        List<Long> all = new ArrayList<>();
        found.forEachRemaining(all::add);
        assertThat(all).isEqualTo(List.copyOf(expected));
    }
}
