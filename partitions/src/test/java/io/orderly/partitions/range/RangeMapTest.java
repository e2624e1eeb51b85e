package io.orderly.partitions.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.partitions.range.RangeMapRule.Verdict;
import io.orderly.partitions.range.SizeLimits.Action;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeMapTest {

    private static final RangeMap TWO = RangeMap.initial(shard(1)).split("KIT", shard(2));
    private static final RangeMap THREE = TWO.split("TOO", shard(3));
    private static final Set<ShardId> KNOWN = Set.of(shard(1), shard(2), shard(3), shard(4));

    @Test
    void aSplitMovesTheUpperPartToAnotherShard() {
        assertThat(TWO.generation()).isEqualTo(2);
        assertThat(TWO.rangeOf("KIS").shard()).isEqualTo(shard(1));
        assertThat(TWO.rangeOf("KIT").shard()).isEqualTo(shard(2));
        assertThat(RangeMap.initial(shard(1)).movesTo(TWO))
                .containsExactly(new RangeMap.Move(shard(1), new ShardRange("KIT", null, shard(2))));
    }

    @Test
    void aMergeMovesTheRightPartToTheLeft() {
        RangeMap merged = THREE.merge(shard(2), shard(3));
        assertThat(merged.ranges()).isEqualTo(TWO.ranges());
        assertThat(merged.generation()).isEqualTo(4);
        assertThat(THREE.movesTo(merged))
                .containsExactly(new RangeMap.Move(shard(3), new ShardRange("TOO", null, shard(2))));
    }

    @Test
    void refusesWhatIsNoSplitOrMerge() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO.split("KIT", shard(3)))
                .withMessageContaining("begins at KIT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO.split("ABC", shard(2)))
                .withMessageContaining("shard 2 has a range");
        assertThatIllegalArgumentException().isThrownBy(() -> THREE.merge(shard(1), shard(3)));
        assertThatIllegalArgumentException().isThrownBy(() -> THREE.merge(shard(2), shard(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> THREE.merge(shard(3), shard(3)));
        assertThatIllegalArgumentException().isThrownBy(() -> THREE.merge(shard(3), shard(4)));
    }

    @Test
    void findsTheRangesOfAnInterval() {
        assertThat(THREE.within("KIT", "TOO")).extracting(ShardRange::shard).containsExactly(shard(2));
        assertThat(THREE.within("A", "TOO-1"))
                .extracting(ShardRange::shard)
                .containsExactly(shard(1), shard(2), shard(3));
        assertThat(THREE.within(null, "A")).extracting(ShardRange::shard).containsExactly(shard(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shard 1 from - to B;shard 2 from C to -               | a gap: no range has the keys from B to C",
                "shard 1 from - to C;shard 2 from B to -               | an overlap: the ranges of the shards 1 and 2",
                "shard 1 from - to -;shard 2 from B to -               | an overlap: the ranges of the shards 1 and 2",
                "shard 1 from - to B;shard 2 from - to -               | an overlap: the ranges of the shards 1 and 2",
                "shard 1 from A to -                                   | a gap: no range begins below A",
                "shard 1 from - to B                                   | a gap: no range ends above B",
                "shard 1 from - to B;shard 1 from B to -               | shard 1 has two ranges",
                "shard 0 from - to -                                   | the number of a shard is 1 to 999, not 0",
                "shard 1 from - to B;shard 2 from B to B;shard 3 from B to - | the range from B to B is empty",
                "shard 01 from - to -                                  | it is not written in the only form",
                "shard 1 from - to b';shard 2 from b' to -             | a key has 1 to 100 letters",
                "shard 1 - -                                           | a line is not that of a range",
                "shard one from - to -                                 | For input string"
            })
    void refusesAMalformedMap(String ranges, String reason) {
        String text = "orderly-ranges 1\ngeneration 9\n" + ranges.replace(";", "\n") + "\n";
        assertThatThrownBy(() -> RangeMapText.read(text))
                .isInstanceOf(MalformedRangeMapException.class)
                .hasMessageContaining(reason);
        assertThat(RangeMapRule.judge(TWO, text, KNOWN)).isInstanceOf(Verdict.Refuse.class);
    }

    @Test
    void judgesAMapByItsGenerationAndItsShards() {
        assertThat(judge(TWO, TWO)).isEqualTo(new Verdict.InForce());
        assertThat(judge(TWO, THREE)).isEqualTo(new Verdict.Follow(THREE));
        assertThat(judge(THREE, TWO))
                .isEqualTo(new Verdict.Refuse("its generation 2 is lower than 3, that of the map in force"));
        assertThat(judge(TWO, RangeMap.initial(shard(1)).split("LAMP", shard(2))))
                .isEqualTo(new Verdict.Refuse("it has the generation 2 of the map in force, but other ranges"));
        assertThat(judge(TWO, TWO.split("TOO", shard(5))))
                .isEqualTo(new Verdict.Refuse("there are no shards with the numbers [5]"));
    }

    @Test
    void splitsTheLargestAndMergesTheSmall() {
        SizeLimits limits = new SizeLimits(100, 50);
        assertThat(limits.next(THREE, sizes(101, 150, 100), Set.of(shard(4)))).contains(new Action.Split(shard(2)));
        assertThat(limits.next(THREE, sizes(101, 150, 100), Set.of())).isEmpty();
        assertThat(limits.next(THREE, sizes(100, 30, 19), Set.of(shard(4))))
                .contains(new Action.Merge(shard(2), shard(3)));
        assertThat(limits.next(THREE, sizes(100, 30, 20), Set.of(shard(4)))).isEmpty();
        assertThat(new SizeLimits(0, 0).next(THREE, sizes(0, 1_000_000, 0), KNOWN))
                .isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new SizeLimits(100, 51));
    }

    private static Map<ShardId, Long> sizes(long first, long second, long third) {
        return Map.of(shard(1), first, shard(2), second, shard(3), third);
    }

    private static Verdict judge(RangeMap inForce, RangeMap stored) {
        return RangeMapRule.judge(inForce, RangeMapText.write(stored), KNOWN);
    }

    private static ShardId shard(int number) {
        return new ShardId(number);
    }
}
