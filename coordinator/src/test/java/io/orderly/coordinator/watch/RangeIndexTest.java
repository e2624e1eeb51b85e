package io.orderly.coordinator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class RangeIndexTest {

    private record Added(KeyRange range, int value) {}

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void findsTheSameRangesAsALinearSearch(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var index = new RangeIndex<Added>();
        List<Added> all = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            if (random.nextInt(3) > 0 || all.isEmpty()) {
                var added = new Added(range(random), i);
                index.add(added.range, added);
                all.add(added);
            } else {
                var removed = all.remove(random.nextInt(all.size()));
                index.remove(removed.range, removed);
            }
            Bytes key = key(random);
            List<Added> found = new ArrayList<>();
            index.forEach(key, found::add);
            assertThat(found)
                    .containsExactlyInAnyOrderElementsOf(all.stream()
                            .filter(added -> added.range.contains(key))
                            .toList());
        }
    }

    private static KeyRange range(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> KeyRange.of(key(random));
            case 1 -> KeyRange.startingWith(key(random));
            case 2 -> KeyRange.from(key(random));
            default -> new KeyRange(key(random), key(random));
        };
    }

    private static Bytes key(SplittableRandom random) {
        byte[] key = new byte[random.nextInt(3)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(4) * 85);
        }
        return Bytes.of(key);
    }
}
