package io.orderly.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionOwnerTest {

    private static final MemberId SELF = new MemberId("self");
    private static final MemberId OTHER = new MemberId("other");
    private static final PartitionId FIRST = new PartitionId(0);
    private static final PartitionId LAST = new PartitionId(63);
    private static final long LEASE_NANOS = 1_000;

    private static final PartitionMap ALONE = Assignment.next(null, Map.of(SELF, 0L), 1, 5);
    private static final PartitionMap ASKED = Assignment.next(ALONE, Map.of(SELF, 0L, OTHER, 0L), 1, 6);
    private static final PartitionMap SHARED = Assignment.next(ASKED, Map.of(SELF, 6L, OTHER, 0L), 1, 8);

    private final PartitionOwner owner = new PartitionOwner(SELF, LEASE_NANOS);

    @Test
    void worksOnWhatTheMapGivesItWithTheTokenOfTheMap() {
        assertThat(owner.token(FIRST, 0)).isEmpty();
        assertThat(see(5, ALONE)).hasSize(64).contains(new OwnerEffect.Acquired(FIRST, 5));
        assertThat(owner.token(FIRST, 0)).contains(5L);
    }

    @Test
    void doesNotStartWhatAnotherMemberIsStillLeaving() {
        PartitionOwner other = new PartitionOwner(OTHER, LEASE_NANOS);
        assertThat(other.mapSeen(0, 7, PartitionMapText.write(ASKED))).isEmpty();
        assertThat(other.mapSeen(0, 9, PartitionMapText.write(SHARED)))
                .hasSize(32)
                .contains(new OwnerEffect.Acquired(LAST, 8));
    }

    @Test
    void acknowledgesWhenTheLastPartitionThatLeavesHasStopped() {
        see(5, ALONE);
        List<OwnerEffect> lost = see(7, ASKED);
        assertThat(lost).hasSize(32).allMatch(OwnerEffect.Lost.class::isInstance);
        assertThat(owner.token(LAST, 0)).isEmpty();
        for (int partition = 32; partition < 63; partition++) {
            assertThat(owner.stopped(new PartitionId(partition))).isEmpty();
        }
        assertThat(owner.stopped(LAST)).containsExactly(new OwnerEffect.Acknowledge(6));
        assertThat(owner.stopped(LAST)).isEmpty();
    }

    @Test
    void takesUpAgainWhatItGetsBackOnlyAfterItHasStopped() {
        see(5, ALONE);
        see(7, ASKED);
        PartitionMap again = Assignment.next(ASKED, Map.of(SELF, 6L), 1, 9);
        assertThat(see(10, again)).isEmpty();
        assertThat(owner.stopped(LAST)).containsExactly(new OwnerEffect.Acquired(LAST, 9));
    }

    @Test
    void ignoresAMapThatIsRepeatedOrLate() {
        see(5, ALONE);
        see(7, ASKED);
        assertThat(see(7, ASKED)).isEmpty();
        assertThat(see(5, ALONE)).isEmpty();
        assertThat(owner.token(LAST, 0)).isEmpty();
    }

    @Test
    void keepsTheLastGoodMapWhenAnotherIsMalformedOlderOrDeleted() {
        see(5, ALONE);
        assertThat(owner.mapSeen(0, 10, "orderly-partitions 2\n"))
                .singleElement()
                .isInstanceOf(OwnerEffect.Alarm.class);
        assertThat(owner.mapSeen(0, 11, null)).containsExactly(new OwnerEffect.Alarm(11, "the map was deleted"));
        assertThat(see(12, Assignment.next(null, Map.of(OTHER, 0L), 1, 4)))
                .singleElement()
                .isInstanceOf(OwnerEffect.Alarm.class);
        assertThat(owner.token(FIRST, 0)).contains(5L);
        assertThat(see(13, Assignment.next(ALONE, Map.of(OTHER, 0L), 1, 12))).hasSize(64);
    }

    @Test
    void losesAllPartitionsForGoodWhenTheLeaseIsOver() {
        see(5, ALONE);
        owner.renewed(500, 1_500);
        owner.renewed(600, 1_200);
        assertThat(owner.token(FIRST, 1_499)).contains(5L);
        assertThat(owner.token(FIRST, 1_500)).isEmpty();
        assertThat(owner.tick(1_499)).isEmpty();
        assertThat(owner.renewed(1_500, 3_000)).hasSize(64).allMatch(OwnerEffect.Lost.class::isInstance);
        assertThat(owner.isOver()).isTrue();
        assertThat(owner.token(FIRST, 1_501)).isEmpty();
        assertThat(see(20, SHARED)).isEmpty();
        assertThat(owner.stopped(FIRST)).isEmpty();
    }

    private List<OwnerEffect> see(long revision, PartitionMap map) {
        return owner.mapSeen(0, revision, PartitionMapText.write(map));
    }
}
