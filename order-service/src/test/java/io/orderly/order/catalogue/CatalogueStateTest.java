package io.orderly.order.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random changes of a catalogue that arrive in another order, some of them not at all because a later one of the product replaced them. */
class CatalogueStateTest {

    private record Change(int product, long version, long revision) {}

    @Test
    void isCompleteExactlyIfEveryChangeUpToTheHighestHasArrivedOrWasReplaced() {
        int complete = 0;
        int incomplete = 0;
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            List<Change> changes = changes(random);
            List<Change> arriving = new ArrayList<>(changes);
            Collections.shuffle(arriving, random);
            Map<Integer, Change> copy = new HashMap<>();
            for (Change arrived : arriving) {
                copy.merge(arrived.product, arrived, (a, b) -> a.version > b.version ? a : b);
                long highest =
                        copy.values().stream().mapToLong(Change::revision).max().orElse(0);
                boolean expected = changes.stream()
                        .filter(change -> change.revision <= highest)
                        .allMatch(change ->
                                copy.containsKey(change.product) && copy.get(change.product).version >= change.version);
                long contained =
                        copy.values().stream().mapToLong(Change::version).sum();

                assertThat(new CatalogueState(highest, contained).isComplete())
                        .as("seed " + seed)
                        .isEqualTo(expected);
                if (expected) {
                    complete++;
                } else {
                    incomplete++;
                }
            }
        }
        assertThat(List.of(complete, incomplete)).allMatch(count -> count > 500);
    }

    private static List<Change> changes(Random random) {
        Map<Integer, Long> versions = new HashMap<>();
        return LongStream.rangeClosed(1, 12)
                .mapToObj(revision -> {
                    int product = random.nextInt(4);
                    return new Change(product, versions.merge(product, 1L, Long::sum), revision);
                })
                .toList();
    }
}
