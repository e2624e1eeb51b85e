package io.orderly.coordinator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuorumTest {

    private final Quorum quorum = new Quorum();

    @Property
    void anyTwoQuorumsOfOneMembershipIntersect(@ForAll @IntRange(min = 1, max = 16) int voters) {
        assertThat(2 * quorum.size(voters)).isGreaterThan(voters);
    }

    @Property
    void aQuorumIsTheSmallestMajority(@ForAll @IntRange(min = 1, max = 16) int voters) {
        assertThat(2 * (quorum.size(voters) - 1)).isLessThanOrEqualTo(voters);
    }

    @Property
    void quorumsIntersectAcrossTheChangeOfOneVoter(@ForAll @IntRange(min = 1, max = 15) int voters) {
        assertThat(quorum.size(voters) + quorum.size(voters + 1)).isGreaterThan(voters + 1);
    }

    @Property
    void theHighWaterMarkIsReachedByAQuorumAndNothingHigherIs(
            @ForAll @Size(min = 1, max = 9) List<@LongRange(min = 0, max = 20) Long> matches) {
        List<NodeId> voters =
                IntStream.rangeClosed(1, matches.size()).mapToObj(NodeId::new).toList();
        long mark = quorum.highWaterMark(voters, voter -> matches.get(voter.value() - 1));
        assertThat(quorum.isReached(voters, voter -> matches.get(voter.value() - 1) >= mark))
                .isTrue();
        assertThat(quorum.isReached(voters, voter -> matches.get(voter.value() - 1) > mark))
                .isFalse();
    }

    @Property
    void moreThanHalfAreAQuorum(@ForAll @IntRange(min = 0, max = 1023) int yes) {
        for (int voters = 1; voters <= 9; voters++) {
            List<NodeId> all =
                    IntStream.rangeClosed(1, voters).mapToObj(NodeId::new).toList();
            int count = (int)
                    all.stream().filter(node -> (yes >> node.value() & 1) == 1).count();
            assertThat(quorum.isReached(all, node -> (yes >> node.value() & 1) == 1))
                    .isEqualTo(2 * count > voters);
        }
    }

    @Test
    void withoutVotersThereIsNoQuorum() {
        assertThat(quorum.isReached(List.of(), _ -> true)).isFalse();
        assertThat(quorum.highWaterMark(List.of(), _ -> 5)).isZero();
    }
}
