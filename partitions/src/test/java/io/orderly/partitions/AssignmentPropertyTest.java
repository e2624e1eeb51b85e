package io.orderly.partitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class AssignmentPropertyTest {

    private static final long LEADER = 1;

    /** Members come and go; what has to leave a live member is compared with the least that any balanced map needs. */
    @Property(tries = 300)
    void theFewestPossiblePartitionsLeaveLiveMembersAndTheResultIsBalanced(
            @ForAll @Size(min = 1, max = 8) List<@Size(min = 1, max = 12) Set<@IntRange(max = 99) Integer>> steps) {
        PartitionMap map = null;
        for (Set<Integer> step : steps) {
            Map<MemberId, Long> live = members(step);
            int least = map == null ? 0 : leastMoves(map, live.keySet());
            PartitionMap first = next(map, live);
            assertThat(leaving(first)).isEqualTo(least);
            map = settled(first, live);
            assertThat(leaving(map)).isZero();
            assertThat(counts(map).values())
                    .allSatisfy(count -> assertThat(count)
                            .isBetween(
                                    PartitionId.COUNT / live.size(),
                                    (PartitionId.COUNT + live.size() - 1) / live.size()));
            assertThat(counts(map).values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(PartitionId.COUNT);
            assertThat(next(map, live).ownerships()).isEqualTo(map.ownerships());
        }
    }

    @Property(tries = 100)
    void theOrderInWhichMembersAreListedDoesNotMatter(
            @ForAll @Size(min = 1, max = 12) Set<@IntRange(max = 99) Integer> before,
            @ForAll @Size(min = 1, max = 12) Set<@IntRange(max = 99) Integer> after) {
        PartitionMap map = next(null, members(before));
        Map<MemberId, Long> reversed = new LinkedHashMap<>();
        members(after).keySet().stream().sorted((a, b) -> b.compareTo(a)).forEach(id -> reversed.put(id, 0L));
        assertThat(next(map, reversed)).isEqualTo(next(map, members(after)));
    }

    @Property(tries = 100)
    void aNewOwnerHasATokenAboveThatOfTheOwnerBefore(
            @ForAll @Size(min = 1, max = 8) Set<@IntRange(max = 20) Integer> before,
            @ForAll @Size(min = 1, max = 8) Set<@IntRange(max = 20) Integer> after) {
        PartitionMap first = next(null, members(before));
        PartitionMap last = settled(next(first, members(after)), members(after));
        for (PartitionId partition : PartitionId.all()) {
            if (!last.ownership(partition).equals(first.ownership(partition))) {
                assertThat(last.ownership(partition).lastToken())
                        .isGreaterThan(first.ownership(partition).lastToken());
            }
        }
    }

    @Example
    void withoutMembersEveryPartitionIsUnowned() {
        assertThat(next(null, Map.of()).ownerships()).containsOnly(Ownership.UNOWNED);
        assertThat(next(next(null, members(Set.of(1, 2))), Map.of()).ownerships())
                .containsOnly(Ownership.UNOWNED);
    }

    @Example
    void moreMembersThanPartitionsOwnOneOrNone() {
        Map<MemberId, Long> live = new HashMap<>();
        IntStream.range(0, PartitionId.COUNT + 6).forEach(i -> live.put(member(i), 0L));
        assertThat(counts(next(null, live))).hasSize(PartitionId.COUNT).values().containsOnly(1);
    }

    @Example
    void aPartitionThatIsLeavingIsNotGivenAwayBeforeItsOwnerAcknowledges() {
        PartitionMap map = next(null, members(Set.of(1)));
        PartitionMap asked = next(map, members(Set.of(1, 2)));
        assertThat(leaving(asked)).isEqualTo(PartitionId.COUNT / 2);
        PartitionMap early = next(asked, Map.of(member(1), asked.generation() - 1, member(2), asked.generation()));
        assertThat(early.ownerships()).isEqualTo(asked.ownerships());
        PartitionMap given = next(asked, Map.of(member(1), asked.generation(), member(2), 0L));
        assertThat(counts(given)).isEqualTo(Map.of(member(1), 32, member(2), 32));
    }

    @Example
    void aPartitionThatIsLeavingIsGivenAwayWhenItsOwnerIsGone() {
        PartitionMap asked = next(next(null, members(Set.of(1))), members(Set.of(1, 2)));
        assertThat(counts(next(asked, members(Set.of(2))))).isEqualTo(Map.of(member(2), PartitionId.COUNT));
    }

    @Example
    void aGenerationThatDoesNotIncreaseIsRefused() {
        PartitionMap map = next(null, members(Set.of(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Assignment.next(map, members(Set.of(1)), LEADER, map.generation()));
    }

    private static PartitionMap next(@Nullable PartitionMap map, Map<MemberId, Long> live) {
        return Assignment.next(map, live, LEADER, map == null ? 1 : map.generation() + 1);
    }

    private static PartitionMap settled(PartitionMap map, Map<MemberId, Long> live) {
        Map<MemberId, Long> acknowledged = new HashMap<>();
        live.keySet().forEach(member -> acknowledged.put(member, map.generation()));
        return next(map, acknowledged);
    }

    /** Each member may keep the lower quota, and as many as have the higher one can keep one more. */
    private static int leastMoves(PartitionMap map, Set<MemberId> live) {
        int quota = PartitionId.COUNT / live.size();
        List<Integer> beyond = counts(map).entrySet().stream()
                .filter(entry -> live.contains(entry.getKey()))
                .map(entry -> entry.getValue() - quota)
                .filter(surplus -> surplus > 0)
                .toList();
        return beyond.stream().mapToInt(Integer::intValue).sum()
                - Math.min(beyond.size(), PartitionId.COUNT % live.size());
    }

    private static int leaving(PartitionMap map) {
        return (int) map.ownerships().stream()
                .filter(Ownership.Leaving.class::isInstance)
                .count();
    }

    private static Map<MemberId, Integer> counts(PartitionMap map) {
        Map<MemberId, Integer> counts = new TreeMap<>();
        for (Ownership ownership : map.ownerships()) {
            if (ownership instanceof Ownership.Owned(MemberId owner, long _)) {
                counts.merge(owner, 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Map<MemberId, Long> members(Set<Integer> numbers) {
        Map<MemberId, Long> members = new HashMap<>();
        numbers.forEach(number -> members.put(member(number), 0L));
        return members;
    }

    private static MemberId member(int number) {
        return new MemberId("m" + number);
    }
}
