package io.orderly.coordinator.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Inputs to the oracle of one node, and the effects it returns. */
class TimestampOracleTest {

    private static final OracleSettings SETTINGS =
            new OracleSettings(Duration.ofMillis(100), Duration.ofMillis(300), 1_000_000, 200);
    private static final Refusal NOT_LEADER = new Refusal.NotLeader(new NodeId(2));

    private final TimestampOracle oracle = new TimestampOracle(SETTINGS);

    @Test
    void firstRequestRaisesTheBoundWhichConfirmsLeadershipToo() {
        assertThat(step(1_000, ask(7, 3))).containsExactly(new OracleEffect.RaiseBound(1, at(1_100, 0) - 1));
        assertThat(step(1_005, new OracleInput.Raised(1, 0, at(1_100, 0) - 1)))
                .containsExactly(granted(7, 1_005, 0, 3));
    }

    @Test
    void laterRequestsWaitForARound() {
        lead(1_000);
        assertThat(step(1_001, ask(1, 1))).containsExactly(new OracleEffect.ConfirmLeadership(2));
        assertThat(step(1_002, confirm(2))).containsExactly(granted(1, 1_002, 0, 1));
    }

    @Test
    void requestsThatWaitTogetherShareARound() {
        lead(1_000);
        OracleInput[] many =
                IntStream.rangeClosed(1, 100).mapToObj(i -> ask(i, 2)).toArray(OracleInput[]::new);
        assertThat(step(1_000, many)).containsExactly(new OracleEffect.ConfirmLeadership(2));
        List<OracleEffect> answers = step(1_000, confirm(2));
        assertThat(answers).hasSize(100).startsWith(granted(1, 1_000, 1, 2)).endsWith(granted(100, 1_000, 199, 2));
    }

    @Test
    void aRoundFromBeforeARequestDoesNotServeIt() {
        lead(1_000);
        step(1_000, ask(1, 1));
        assertThat(step(1_000, ask(2, 1))).isEmpty();
        assertThat(step(1_001, confirm(2)))
                .containsExactly(granted(1, 1_001, 0, 1), new OracleEffect.ConfirmLeadership(3));
        assertThat(step(1_002, confirm(3))).containsExactly(granted(2, 1_002, 0, 1));
    }

    @Test
    void halfUsedWindowIsRaisedWhileItStillServes() {
        lead(1_000);
        assertThat(step(1_060, ask(1, 1)))
                .containsExactly(
                        new OracleEffect.RaiseBound(2, at(1_160, 0) - 1), new OracleEffect.ConfirmLeadership(3));
        assertThat(step(1_061, confirm(3))).containsExactly(granted(1, 1_061, 0, 1));
        assertThat(step(1_061, new OracleInput.Raised(2, at(1_100, 0) - 1, at(1_160, 0) - 1)))
                .isEmpty();
        assertThat(step(1_062, ask(2, 1))).containsExactly(new OracleEffect.ConfirmLeadership(4));
        assertThat(step(1_062, confirm(4, at(1_160, 0) - 1))).containsExactly(granted(2, 1_062, 0, 1));
    }

    /** A raise is refused throughout a leadership transfer. An oracle that repeated it immediately would loop. */
    @Test
    void aRefusedRaiseInAdvanceIsRepeatedWithTheNextRequest() {
        lead(1_000);
        step(1_060, ask(1, 1));
        assertThat(step(1_060, new OracleInput.Failed(2, new Refusal.Transferring())))
                .isEmpty();
        assertThat(step(1_061, confirm(3))).containsExactly(granted(1, 1_061, 0, 1));
        assertThat(step(1_062, ask(2, 1)))
                .contains(new OracleEffect.RaiseBound(4, at(1_162, 0) - 1), new OracleEffect.ConfirmLeadership(5));
    }

    @Test
    void timestampsContinueWhenTheClockIsSetBack() {
        lead(1_000);
        step(1_040, ask(1, 5));
        assertThat(step(1_040, confirm(2))).containsExactly(granted(1, 1_040, 0, 5));
        step(900, ask(2, 1));
        assertThat(step(900, confirm(3))).containsExactly(granted(2, 1_040, 5, 1));
    }

    @Test
    void reportsAClockThatGoesBackTooFar() {
        lead(1_000);
        step(600, ask(1, 1));
        assertThat(step(600, confirm(2))).containsExactly(new OracleEffect.AheadOfClock(1, Duration.ofMillis(400)));
        assertThat(oracle.driftRefusals()).isEqualTo(1);

        step(701, ask(2, 1));
        assertThat(step(701, confirm(3))).contains(granted(2, 1_000, 1, 1));
    }

    @Test
    void refusesRequestsWhileTheBoundOfAFastClockIsTooFarAhead() {
        step(1_000, ask(1, 1));
        long farAhead = at(9_000, 0);
        assertThat(step(1_000, new OracleInput.Raised(1, farAhead, farAhead)))
                .containsExactly(new OracleEffect.AheadOfClock(1, Duration.ofMillis(8_000)));
    }

    @Test
    void boundIsNeverRaisedBeyondTheDrift() {
        lead(1_000);
        step(1_000, ask(1, 1));
        long nearTheLimit = at(1_290, 0);
        assertThat(step(1_000, confirm(2, nearTheLimit)))
                .containsExactly(new OracleEffect.RaiseBound(3, at(1_301, 0) - 1));
    }

    @Test
    void theWindowIsDiscardedWhenAnotherNodeRaisedTheBound() {
        lead(1_000);
        step(1_001, ask(1, 1));
        long others = at(1_150, 7);
        assertThat(step(1_001, confirm(2, others))).hasOnlyElementsOfType(OracleEffect.RaiseBound.class);
        assertThat(step(1_001, new OracleInput.Raised(3, others, others + 100))).startsWith(granted(1, 1_150, 8, 1));
    }

    @Test
    void theRestOfTheWindowIsValidIfNoOtherNodeRaisedTheBound() {
        lead(1_000);
        assertThat(step(1_001, ask(1, 1))).containsExactly(new OracleEffect.ConfirmLeadership(2));
        assertThat(step(1_001, new OracleInput.Failed(2, NOT_LEADER)))
                .containsExactly(new OracleEffect.Refused(1, NOT_LEADER));
        step(1_002, ask(2, 1));
        assertThat(step(1_002, confirm(3))).containsExactly(granted(2, 1_002, 0, 1));
    }

    @Test
    void aNodeThatDoesNotLeadRefusesAllWaitingRequests() {
        lead(1_000);
        step(1_001, ask(1, 1));
        step(1_001, ask(2, 1));
        assertThat(step(1_001, new OracleInput.Failed(2, NOT_LEADER)))
                .containsExactly(new OracleEffect.Refused(1, NOT_LEADER), new OracleEffect.Refused(2, NOT_LEADER));
    }

    @Test
    void aFailedRaiseInAdvanceDoesNotAffectRequestsThatCanBeServed() {
        lead(1_000);
        step(1_060, ask(1, 1));
        assertThat(step(1_060, new OracleInput.Failed(2, new Refusal.Overloaded())))
                .hasOnlyElementsOfType(OracleEffect.RaiseBound.class);
        assertThat(step(1_060, confirm(3))).contains(granted(1, 1_060, 0, 1));
    }

    @Test
    void aFailedRaiseIsReportedToRequestsThatNeedIt() {
        step(1_000, ask(1, 1));
        assertThat(step(1_000, new OracleInput.Failed(1, new Refusal.Transferring())))
                .containsExactly(new OracleEffect.Refused(1, new Refusal.Transferring()));
    }

    @Test
    void answersToOldQuestionsAreIgnored() {
        lead(1_000);
        step(1_001, ask(1, 1));
        assertThat(step(1_001, confirm(1), new OracleInput.Raised(2, 0, 5), new OracleInput.Failed(9, NOT_LEADER)))
                .isEmpty();
        assertThat(step(1_001, confirm(2))).containsExactly(granted(1, 1_001, 0, 1));
        assertThat(step(1_001, confirm(2))).isEmpty();
    }

    @Test
    void refusesRequestsBeyondTheLimits() {
        assertThat(step(1_000, ask(1, 0), ask(2, -1), ask(3, 1_000_001)))
                .hasSize(3)
                .allSatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                OracleEffect.Refused.class,
                                refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Invalid.class)));
        OracleInput[] tooMany =
                IntStream.rangeClosed(1, 201).mapToObj(i -> ask(i, 1)).toArray(OracleInput[]::new);
        assertThat(step(1_000, tooMany)).contains(new OracleEffect.Refused(201, new Refusal.Overloaded()));
    }

    @Test
    void clockBeyondTheLastTimestampIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> step(HybridTimestamp.MAX_PHYSICAL_MILLIS));
        assertThat(step(SETTINGS.lastClockMillis(), ask(1, 1_000_000))).hasSize(1);
        assertThat(step(-5, ask(2, 1))).isNotEmpty();
    }

    /** Steps the oracle until a first request is answered; the window then covers 100 ms, from 1,000 ms on. */
    private void lead(long nowMillis) {
        step(nowMillis, ask(0, 1));
        step(nowMillis, new OracleInput.Raised(1, 0, at(1_100, 0) - 1));
    }

    private List<OracleEffect> step(long nowMillis, OracleInput... inputs) {
        return oracle.step(nowMillis, List.of(inputs));
    }

    private static OracleInput ask(long request, int count) {
        return new OracleInput.Requested(request, count);
    }

    private static OracleInput confirm(long token) {
        return confirm(token, at(1_100, 0) - 1);
    }

    private static OracleInput confirm(long token, long bound) {
        return new OracleInput.Confirmed(token, bound);
    }

    private static OracleEffect granted(long request, long millis, int counter, int count) {
        return new OracleEffect.Granted(request, new TimestampRange(new HybridTimestamp(millis, counter), count));
    }

    private static long at(long millis, int counter) {
        return new HybridTimestamp(millis, counter).toLong();
    }
}
