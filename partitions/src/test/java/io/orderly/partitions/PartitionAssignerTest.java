package io.orderly.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionAssignerTest {

    private static final Map<MemberId, Long> LIVE = Map.of(new MemberId("a"), 0L, new MemberId("b"), 0L);
    private static final Snapshot EMPTY = new Snapshot(20, 0, null, LIVE);

    private final PartitionAssigner assigner = new PartitionAssigner();

    @Test
    void proposesNothingWhileItDoesNotLead() {
        assertThat(assigner.seen(EMPTY)).isEmpty();
        assigner.elected(7);
        assigner.deposed();
        assertThat(assigner.seen(EMPTY)).isEmpty();
    }

    @Test
    void theFirstMapIsAboveEveryEarlierRevision() {
        assigner.elected(7);
        AssignerEffect.Propose first = proposal(assigner.seen(EMPTY));
        assertThat(first.expectedMapRevision()).isZero();
        assertThat(first.map().generation()).isEqualTo(21);
        assertThat(first.map().leader()).isEqualTo(7);
    }

    @Test
    void proposesOnceUntilTheProposalIsAnswered() {
        assigner.elected(7);
        AssignerEffect.Propose first = proposal(assigner.seen(EMPTY));
        assertThat(assigner.seen(EMPTY)).isEmpty();
        assigner.answered();
        assertThat(proposal(assigner.seen(EMPTY))).isEqualTo(first);
    }

    @Test
    void proposesNothingWhenNothingHasToChange() {
        assigner.elected(7);
        PartitionMap map = proposal(assigner.seen(EMPTY)).map();
        assertThat(assigner.seen(stored(22, map))).isEmpty();
    }

    @Test
    void ignoresASnapshotThatIsOlderThanAnother() {
        assigner.elected(7);
        PartitionMap map = proposal(assigner.seen(EMPTY)).map();
        assigner.seen(stored(22, map));
        assertThat(assigner.seen(EMPTY)).isEmpty();
    }

    @Test
    void aNewLeaderWritesItsTokenSoThatTheProposalOfTheOneBeforeFails() {
        assigner.elected(7);
        PartitionMap map = proposal(assigner.seen(EMPTY)).map();
        PartitionAssigner later = new PartitionAssigner();
        later.elected(9);
        AssignerEffect.Propose claim = proposal(later.seen(stored(22, map)));
        assertThat(claim.expectedMapRevision()).isEqualTo(22);
        assertThat(claim.map().ownerships()).isEqualTo(map.ownerships());
        assertThat(claim.map().leader()).isEqualTo(9);

        assigner.answered();
        Snapshot afterwards = new Snapshot(30, 23, PartitionMapText.write(claim.map()), Map.of());
        assertThat(assigner.seen(afterwards)).isEmpty();
    }

    @Test
    void raisesAnAlarmOnceForAMapThatItCannotContinue() {
        assigner.elected(7);
        Snapshot malformed = new Snapshot(22, 22, "orderly-partitions 9\n", LIVE);
        assertThat(assigner.seen(malformed)).singleElement().isInstanceOf(AssignerEffect.Alarm.class);
        assertThat(assigner.seen(malformed)).isEmpty();

        PartitionMap ofTheFuture = Assignment.next(null, LIVE, 7, 1_000);
        assertThat(assigner.seen(stored(23, ofTheFuture))).singleElement().isInstanceOf(AssignerEffect.Alarm.class);
    }

    private static Snapshot stored(long revision, PartitionMap map) {
        return new Snapshot(revision, revision, PartitionMapText.write(map), LIVE);
    }

    private static AssignerEffect.Propose proposal(List<AssignerEffect> effects) {
        assertThat(effects).singleElement().isInstanceOf(AssignerEffect.Propose.class);
        return (AssignerEffect.Propose) effects.getFirst();
    }
}
