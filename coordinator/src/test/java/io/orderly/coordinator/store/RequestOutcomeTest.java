package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Outcome;
import io.orderly.coordinator.consensus.Refusal;
import org.junit.jupiter.api.Test;

class RequestOutcomeTest {

    private static final StoreAnswer DONE = new StoreAnswer.Done(5);
    private static final RequestOutcome UNKNOWN = RequestOutcome.of(new Outcome.Unknown(1), null);
    private static final RequestOutcome NOT_TAKEN =
            RequestOutcome.of(new Outcome.NotApplied(1, new Refusal.Overloaded()), null);
    private static final RequestOutcome APPLIED = RequestOutcome.of(new Outcome.Applied(1, 9), DONE);

    private static RequestOutcome refused(StoreRefusal refusal) {
        return RequestOutcome.of(new Outcome.Applied(1, 9), new StoreAnswer.Refused(5, refusal));
    }

    @Test
    void anAttemptAloneIsAppliedOrNotOrUnknown() {
        assertThat(APPLIED).isEqualTo(new RequestOutcome.Applied(DONE));
        assertThat(NOT_TAKEN).isInstanceOf(RequestOutcome.NotApplied.class);
        assertThat(refused(new StoreRefusal.EmptyKey())).isInstanceOf(RequestOutcome.NotApplied.class);
        assertThat(UNKNOWN).isInstanceOf(RequestOutcome.Unknown.class);
    }

    @Test
    void whatIsUnknownStaysSoUntilTheStateAnswers() {
        assertThat(UNKNOWN.then(NOT_TAKEN)).isEqualTo(UNKNOWN);
        assertThat(UNKNOWN.then(refused(new StoreRefusal.SessionNotFound(1)))).isEqualTo(UNKNOWN);
        assertThat(UNKNOWN.then(refused(new StoreRefusal.SessionWindowFull(1)))).isEqualTo(UNKNOWN);
        assertThat(UNKNOWN.then(refused(new StoreRefusal.AnsweredBefore(2)))).isEqualTo(UNKNOWN);
        assertThat(UNKNOWN.then(UNKNOWN)).isEqualTo(UNKNOWN);
        assertThat(UNKNOWN.then(APPLIED)).isEqualTo(APPLIED);
        RequestOutcome full = refused(new StoreRefusal.StoreFull(2, 1));
        assertThat(UNKNOWN.then(full))
                .as("the state keeps it for every attempt")
                .isEqualTo(full);
    }

    @Test
    void whatIsCertainlyNotDoneMayStillBeDoneByTheNextAttempt() {
        assertThat(NOT_TAKEN.then(APPLIED)).isEqualTo(APPLIED);
        assertThat(NOT_TAKEN.then(UNKNOWN)).isEqualTo(UNKNOWN);
        assertThat(NOT_TAKEN.then(NOT_TAKEN)).isEqualTo(NOT_TAKEN);
    }
}
