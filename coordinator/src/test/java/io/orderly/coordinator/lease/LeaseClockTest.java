package io.orderly.coordinator.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.lease.LeaseEffect.Confirm;
import io.orderly.coordinator.lease.LeaseEffect.Propose;
import io.orderly.coordinator.lease.LeaseEffect.Response;
import io.orderly.coordinator.store.Lease;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreCommand.LeaseCheckpoint;
import io.orderly.coordinator.store.StoreCommand.LeaseCheckpoint.Remaining;
import io.orderly.coordinator.store.StoreResponse;
import io.orderly.coordinator.store.StoreResponse.LeasesKeptAlive;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Inputs to the clock of the leases, and the effects it returns. */
class LeaseClockTest {

    private static final Ballot BALLOT = new Ballot(3, 1);
    private static final StoreResponse DONE = new StoreResponse.Done(1);
    private static final long MILLIS = 1_000_000;

    private final LeaseClock clock =
            new LeaseClock(new LeaseClockSettings(Duration.ofMillis(100), Duration.ofMinutes(5), 10, 3));

    private long nowMillis;

    private List<LeaseEffect> take(LeaseInput... inputs) {
        return clock.step(List.of(inputs));
    }

    private List<LeaseEffect> tick(long passedMillis) {
        nowMillis += passedMillis;
        return take(new LeaseInput.Tick(nowMillis * MILLIS));
    }

    /** In ticks short enough to be counted in full. */
    private List<LeaseEffect> pass(long millis) {
        List<LeaseEffect> effects = List.of();
        for (long left = millis; left > 0 && effects.isEmpty(); left -= 100) {
            effects = tick(Math.min(left, 100));
        }
        return effects;
    }

    private void lead(Lease... leases) {
        tick(0);
        assertThat(take(new LeaseInput.BecameLeader(BALLOT)))
                .containsExactly(new Propose(1, new StoreCommand.LeaseTakeOver(BALLOT)));
        assertThat(take(new LeaseInput.TookOver(BALLOT, List.of(leases)), new LeaseInput.Applied(1, DONE)))
                .isEmpty();
    }

    private static Response answer(long token, KeepAliveResponse answer) {
        return new Response(token, answer);
    }

    private static Response renewed(long token) {
        return answer(token, new KeepAliveResponse.Renewed(10_000));
    }

    @Test
    void aWholeLeaseIsRenewedAfterARoundWithoutACommand() {
        lead(new Lease(7, 10_000, 10_000));
        pass(4_000);
        assertThat(clock.remainingMillis(7)).hasValue(6_000);
        assertThat(take(new LeaseInput.KeepAlive(1, 7))).containsExactly(new Confirm(2));
        assertThat(clock.remainingMillis(7)).hasValue(6_000);
        assertThat(take(new LeaseInput.Confirmed(2))).containsExactly(renewed(1));
        assertThat(clock.remainingMillis(7)).hasValue(10_000);
    }

    @Test
    void oneRoundServesAllRequestsFromBeforeItBegan() {
        lead(new Lease(7, 10_000, 10_000), new Lease(8, 10_000, 10_000));
        assertThat(take(new LeaseInput.KeepAlive(1, 7), new LeaseInput.KeepAlive(2, 8)))
                .containsExactly(new Confirm(2));
        assertThat(take(new LeaseInput.KeepAlive(3, 7))).isEmpty();
        assertThat(take(new LeaseInput.Confirmed(2))).containsExactly(renewed(1), renewed(2), new Confirm(3));
        assertThat(take(new LeaseInput.Confirmed(3))).containsExactly(renewed(3));
    }

    @Test
    void aRenewalBeyondTheLastReplicatedPromiseIsAnsweredOnceItIsReplicated() {
        lead(new Lease(7, 10_000, 4_000), new Lease(8, 10_000, 3_000));
        take(new LeaseInput.KeepAlive(1, 7), new LeaseInput.KeepAlive(2, 8), new LeaseInput.KeepAlive(3, 7));
        assertThat(take(new LeaseInput.Confirmed(2)))
                .containsExactly(new Propose(3, new StoreCommand.LeaseKeepAlive(List.of(7L, 8L))));
        assertThat(clock.remainingMillis(7)).hasValue(4_000);
        assertThat(take(
                        new LeaseInput.Promised(new Lease(7, 10_000, 10_000)),
                        new LeaseInput.Applied(
                                3, new LeasesKeptAlive(5, List.of(new LeasesKeptAlive.Renewed(7, 10_000))))))
                .containsExactly(renewed(1), answer(2, new KeepAliveResponse.Ended()), renewed(3));
        assertThat(clock.remainingMillis(7)).hasValue(10_000);
    }

    @Test
    void remainingTimeIsCheckpointedWhenHalfOfItHasPassed() {
        lead(new Lease(7, 10_000, 10_000));
        assertThat(pass(4_900)).isEmpty();
        assertThat(pass(200))
                .containsExactly(new Propose(2, new LeaseCheckpoint(BALLOT, List.of(new Remaining(7, 5_101)))));
        assertThat(take(new LeaseInput.Promised(new Lease(7, 10_000, 5_101)), new LeaseInput.Applied(2, DONE)))
                .isEmpty();
        assertThat(clock.remainingMillis(7)).hasValue(5_000);
        assertThat(pass(2_600)).hasSize(1).first().isInstanceOf(Propose.class);
    }

    @Test
    void aRenewalThatMeetsACheckpointUnderWayIsReplicatedAfterIt() {
        lead(new Lease(7, 10_000, 10_000));
        assertThat(pass(5_000)).hasSize(1);
        take(new LeaseInput.KeepAlive(1, 7));
        assertThat(take(new LeaseInput.Confirmed(3)))
                .containsExactly(new Propose(4, new StoreCommand.LeaseKeepAlive(List.of(7L))));
    }

    /** After the renewal in the log, the checkpoint would reduce the time that the client was granted. */
    @Test
    void noCheckpointFollowsARenewalUnderWay() {
        lead(new Lease(7, 10_000, 4_000));
        take(new LeaseInput.KeepAlive(1, 7));
        assertThat(take(new LeaseInput.Confirmed(2))).hasSize(1);
        assertThat(pass(3_000)).isEmpty();
        assertThat(take(
                        new LeaseInput.Promised(new Lease(7, 10_000, 10_000)),
                        new LeaseInput.Applied(
                                3, new LeasesKeptAlive(5, List.of(new LeasesKeptAlive.Renewed(7, 10_000))))))
                .containsExactly(renewed(1));
    }

    @Test
    void anExpiredLeaseEndsAfterARound() {
        lead(new Lease(7, 10_000, 900));
        assertThat(pass(1_000))
                .as("the remaining time, and the time that ticks may have missed")
                .isEmpty();
        assertThat(tick(1)).containsExactly(new Confirm(2));
        assertThat(tick(100)).isEmpty();
        assertThat(take(new LeaseInput.Confirmed(2)))
                .containsExactly(new Propose(3, new StoreCommand.LeaseExpire(BALLOT, List.of(7L))));
        assertThat(take(new LeaseInput.Ended(7), new LeaseInput.Applied(3, DONE)))
                .isEmpty();
        assertThat(clock.remainingMillis(7)).isEmpty();
        assertThat(pass(1_000)).isEmpty();
    }

    /** A command in flight for the earlier lease with this id must not end the new one. */
    @Test
    void anIdThatIsGrantedAgainIsANewLease() {
        lead(new Lease(7, 10_000, 900));
        assertThat(pass(1_100)).containsExactly(new Confirm(2));
        take(new LeaseInput.Ended(7), new LeaseInput.Promised(new Lease(7, 10_000, 10_000)));
        assertThat(take(new LeaseInput.Confirmed(2))).isEmpty();
        assertThat(clock.remainingMillis(7)).hasValue(10_000);
        assertThat(pass(4_900)).isEmpty();
    }

    @Test
    void aRefusedExpiryIsNotTriedAgainOnALeaseThatWasGrantedMeanwhile() {
        lead(new Lease(7, 10_000, 900));
        pass(1_100);
        assertThat(take(new LeaseInput.Confirmed(2))).hasSize(1);
        take(new LeaseInput.Ended(7), new LeaseInput.Promised(new Lease(7, 10_000, 10_000)));
        take(new LeaseInput.Refused(3));
        assertThat(pass(4_900)).isEmpty();
        assertThat(clock.remainingMillis(7)).hasValue(5_100);
    }

    @Test
    void aLeaseDoesNotEndWhileItsRenewalWaits() {
        lead(new Lease(7, 10_000, 900));
        assertThat(pass(1_100)).containsExactly(new Confirm(2));
        take(new LeaseInput.KeepAlive(1, 7));
        assertThat(take(new LeaseInput.Confirmed(2))).isEmpty();
    }

    @Test
    void aRefusedExpiryIsTriedAgain() {
        lead(new Lease(7, 10_000, 900));
        assertThat(pass(1_100)).containsExactly(new Confirm(2));
        assertThat(take(new LeaseInput.Refused(2))).isEmpty();
        assertThat(tick(10)).containsExactly(new Confirm(3));
        take(new LeaseInput.Confirmed(3));
        assertThat(take(new LeaseInput.Refused(4))).isEmpty();
        assertThat(tick(10)).containsExactly(new Confirm(5));
    }

    /** Many pending checkpoints do not delay the end of an expired lease. */
    @Test
    void aLeaseEndsInTimeWhateverTheNumberOfCheckpoints() {
        Lease[] many = LongStream.rangeClosed(8, 107)
                .mapToObj(id -> new Lease(id, 10_000, 2_000))
                .toArray(Lease[]::new);
        Lease[] all = Stream.concat(Stream.of(new Lease(7, 10_000, 900)), Stream.of(many))
                .toArray(Lease[]::new);
        lead(all);
        pass(1_000);
        assertThat(tick(1)).filteredOn(Confirm.class::isInstance).hasSize(1);
    }

    @Test
    void manyLeasesAreEndedAfterOneRoundByCommandsOfBoundedSize() {
        lead(LongStream.rangeClosed(1, 25)
                .mapToObj(id -> new Lease(id, 10_000, 900))
                .toArray(Lease[]::new));
        assertThat(pass(1_100)).containsExactly(new Confirm(2));
        List<List<Long>> ended = take(new LeaseInput.Confirmed(2)).stream()
                .map(effect -> ((StoreCommand.LeaseExpire) ((Propose) effect).command()).ids())
                .toList();
        assertThat(ended).extracting(List::size).containsExactly(10, 10, 5);
        assertThat(ended.stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    @Test
    void aLeaseWhoseEndIsUnderWayIsNotEndedAgain() {
        lead(new Lease(7, 10_000, 2_000));
        assertThat(pass(1_100)).as("the checkpoint").hasSize(1);
        assertThat(pass(1_200)).containsExactly(new Confirm(3));
        take(new LeaseInput.Promised(new Lease(7, 10_000, 1_100)), new LeaseInput.Applied(2, DONE));
        assertThat(tick(100)).isEmpty();
        assertThat(take(new LeaseInput.Confirmed(3))).hasSize(1);
        assertThat(pass(1_000)).isEmpty();
    }

    /** A command with an unknown outcome may still be applied, whatever the outcome of the next attempt. */
    @Test
    void aRenewalThatMayMeetAnExpiryIsReplicated() {
        lead(new Lease(7, 900, 900));
        assertThat(pass(1_100)).containsExactly(new Confirm(2));
        take(new LeaseInput.Confirmed(2));
        take(new LeaseInput.Unknown(3));
        assertThat(tick(10)).containsExactly(new Confirm(4));
        take(new LeaseInput.Confirmed(4));
        take(new LeaseInput.Refused(5));
        assertThat(take(new LeaseInput.KeepAlive(1, 7))).containsExactly(new Confirm(6));
        assertThat(take(new LeaseInput.Confirmed(6)))
                .containsExactly(new Propose(7, new StoreCommand.LeaseKeepAlive(List.of(7L))));
    }

    /** A checkpoint adds the longest tick to the remaining time. With a longer tick it would never be less than the one before. */
    @Test
    void theLongestTickIsBelowTheShortestCheckpoint() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseClockSettings(Duration.ofMillis(500), Duration.ofMillis(500), 10, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseClockSettings(Duration.ofSeconds(1), Duration.ofMinutes(5), 10, 3));
    }

    /** A leader whose disk or processor hung for a while must not end all leases. */
    @Test
    void timeOfAPausedProcessDoesNotCount() {
        lead(new Lease(7, 10_000, 10_000));
        assertThat(tick(60_000)).isEmpty();
        assertThat(clock.remainingMillis(7)).hasValue(9_900);
        assertThat(tick(-5_000)).isEmpty();
        assertThat(clock.remainingMillis(7)).hasValue(9_900);
    }

    @Test
    void aNewLeaderCountsTheReplicatedRemainingTimeFromItsTakeOver() {
        tick(0);
        take(new LeaseInput.BecameLeader(BALLOT));
        take(new LeaseInput.KeepAlive(1, 7));
        assertThat(pass(50_000)).isEmpty();
        assertThat(take(new LeaseInput.TookOver(new Ballot(2, 9), List.of(new Lease(7, 10_000, 3_000)))))
                .as("another clock's")
                .isEmpty();
        assertThat(take(new LeaseInput.TookOver(BALLOT, List.of(new Lease(7, 10_000, 3_000)))))
                .containsExactly(new Confirm(2));
        assertThat(clock.remainingMillis(7)).hasValue(3_000);
    }

    @Test
    void asksAgainToTakeOverIfThatWasRefused() {
        tick(0);
        take(new LeaseInput.BecameLeader(BALLOT));
        take(new LeaseInput.Refused(1));
        assertThat(tick(10)).containsExactly(new Propose(2, new StoreCommand.LeaseTakeOver(BALLOT)));
        assertThat(tick(10)).isEmpty();
    }

    @Test
    void aLeaderThatStepsDownReportsCertainOutcomes() {
        lead(new Lease(7, 10_000, 4_000), new Lease(8, 10_000, 10_000));
        take(new LeaseInput.KeepAlive(1, 7));
        take(new LeaseInput.Confirmed(2));
        take(new LeaseInput.KeepAlive(2, 8));
        assertThat(take(new LeaseInput.SteppedDown()))
                .containsExactlyInAnyOrder(
                        answer(1, new KeepAliveResponse.Unknown()), answer(2, new KeepAliveResponse.NotRenewed()));
        assertThat(take(new LeaseInput.Confirmed(4), new LeaseInput.Unknown(3))).isEmpty();
        assertThat(take(new LeaseInput.KeepAlive(3, 8))).containsExactly(answer(3, new KeepAliveResponse.NotRenewed()));
        assertThat(pass(20_000)).isEmpty();
    }

    @Test
    void waitingRenewalsAreBounded() {
        lead(new Lease(7, 10_000, 10_000));
        for (int token = 1; token <= 3; token++) {
            take(new LeaseInput.KeepAlive(token, 7));
        }
        assertThat(take(new LeaseInput.KeepAlive(4, 7))).containsExactly(answer(4, new KeepAliveResponse.NotRenewed()));
    }

    @Test
    void theEndOfALeaseIsReportedOnlyAfterARound() {
        lead();
        assertThat(take(new LeaseInput.KeepAlive(1, 7))).containsExactly(new Confirm(2));
        assertThat(take(new LeaseInput.Confirmed(2))).containsExactly(answer(1, new KeepAliveResponse.Ended()));
    }
}
