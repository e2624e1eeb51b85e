package io.orderly.partitions.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Random splits and merges, compared with a map from each key to its shard. */
class RangeMapPropertyTest {

    private static final int KEYS = 200;
    private static final int SHARDS = 12;

    @Property(tries = 300)
    void eachKeyIsWhereTheMovesHaveTakenIt(@ForAll @Size(max = 60) List<@IntRange(max = 999) Integer> numbers)
            throws MalformedRangeMapException {
        RangeMap map = RangeMap.initial(new ShardId(1));
        Map<String, ShardId> places = new TreeMap<>();
        for (int i = 0; i < KEYS; i++) {
            places.put(key(i), new ShardId(1));
        }
        for (int number : numbers) {
            RangeMap next = step(map, number);
            for (RangeMap.Move move : map.movesTo(next)) {
                places.replaceAll((key, shard) -> move.target().contains(key) && shard.equals(move.source())
                        ? move.target().shard()
                        : shard);
            }
            assertThat(next.generation()).isGreaterThanOrEqualTo(map.generation());
            map = next;
            for (Map.Entry<String, ShardId> place : places.entrySet()) {
                assertThat(map.rangeOf(place.getKey()).shard()).isEqualTo(place.getValue());
            }
            assertThat(RangeMapText.read(RangeMapText.write(map))).isEqualTo(map);
        }
    }

    /** An instance that has missed maps moves from the first to the last at once. */
    @Property(tries = 300)
    void movesFromAnyMapToAnyLaterOneAreComplete(
            @ForAll @Size(max = 40) List<@IntRange(max = 999) Integer> numbers,
            @ForAll @IntRange(max = 199) int number) {
        List<RangeMap> maps = new ArrayList<>(List.of(RangeMap.initial(new ShardId(1))));
        numbers.forEach(each -> maps.add(step(maps.getLast(), each)));
        RangeMap first = maps.get(number % maps.size());
        String key = key(number);

        List<ShardId> targets = first.movesTo(maps.getLast()).stream()
                .filter(move -> move.target().contains(key))
                .map(move -> move.target().shard())
                .toList();

        ShardId end = maps.getLast().rangeOf(key).shard();
        assertThat(targets).isEqualTo(first.rangeOf(key).shard().equals(end) ? List.of() : List.of(end));
    }

    @Property(tries = 300)
    void aTextThatDiffersInOneCharacterIsNotReadAsTheSameMap(
            @ForAll @IntRange(max = 1000) int position, @ForAll char character) {
        RangeMap map = RangeMap.initial(new ShardId(1)).split("KIT-050", new ShardId(2));
        String text = RangeMapText.write(map);
        int at = position % text.length();
        String changed = text.substring(0, at) + character + text.substring(at + 1);
        if (changed.equals(text)) {
            return;
        }
        try {
            assertThat(RangeMapText.read(changed)).isNotEqualTo(map);
        } catch (MalformedRangeMapException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Property(tries = 300)
    void anIntervalHasTheRangesOfItsKeys(
            @ForAll @Size(max = 20) List<@IntRange(max = 999) Integer> numbers,
            @ForAll @IntRange(max = 198) int low,
            @ForAll @IntRange(min = 1, max = 199) int length) {
        RangeMap map = RangeMap.initial(new ShardId(1));
        for (int number : numbers) {
            map = step(map, number);
        }
        int high = Math.min(KEYS - 1, low + length);
        List<ShardRange> expected = new ArrayList<>();
        for (int i = low; i < high; i++) {
            ShardRange range = map.rangeOf(key(i));
            if (!expected.contains(range)) {
                expected.add(range);
            }
        }
        assertThat(map.within(key(low), key(high))).isEqualTo(expected);
    }

    /** Splits or merges if the number allows it, and otherwise returns the same map. */
    private static RangeMap step(RangeMap map, int number) {
        try {
            if (number % 5 < 3) {
                for (int shard = 1; shard <= SHARDS; shard++) {
                    if (map.rangeOf(new ShardId(shard)).isEmpty()) {
                        return map.split(key(number % KEYS), new ShardId(shard));
                    }
                }
                return map;
            }
            int left = number % map.ranges().size();
            return map.merge(
                    map.ranges().get(left).shard(),
                    map.ranges().get((left + 1) % map.ranges().size()).shard());
        } catch (IllegalArgumentException _) {
            return map;
        }
    }

    private static String key(int number) {
        return "K-%03d".formatted(number);
    }
}
