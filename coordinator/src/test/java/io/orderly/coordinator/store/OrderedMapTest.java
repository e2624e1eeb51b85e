package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrderedMapTest {

    /** The first key of a node is removed before the node is merged with the one before it. */
    @Test
    void findsEveryKeyAfterNodesHaveBeenMerged() {
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            OrderedMap<Integer, Integer> map = new OrderedMap<>();
            TreeMap<Integer, Integer> expected = new TreeMap<>();
            for (int i = 0; i < 2_000; i++) {
                int key = random.nextInt(300);
                boolean grows = i / 300 % 2 == 0;
                if (random.nextInt(4) == 0 ^ grows) {
                    map.put(key, i);
                    expected.put(key, i);
                } else {
                    assertThat(map.remove(key)).isEqualTo(expected.remove(key));
                }
            }
            expected.forEach(
                    (key, value) -> assertThat(map.get(key)).as("key %d", key).isEqualTo(value));
            assertThat(map.values()).toIterable().containsExactlyElementsOf(expected.values());
        }
    }
}
