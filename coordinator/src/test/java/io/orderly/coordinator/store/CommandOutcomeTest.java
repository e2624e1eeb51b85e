package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Refusal;
import io.orderly.coordinator.consensus.ReplicaOutcome;
import org.junit.jupiter.api.Test;

class CommandOutcomeTest {

    private static final StoreResponse DONE = new StoreResponse.Done(5);
    private static final CommandOutcome UNKNOWN = CommandOutcome.of(new ReplicaOutcome.Unknown(1), null);
    private static final CommandOutcome NOT_TAKEN =
            CommandOutcome.of(new ReplicaOutcome.NotApplied(1, new Refusal.Overloaded()), null);
    private static final CommandOutcome APPLIED = CommandOutcome.of(new ReplicaOutcome.Applied(1, 9), DONE);

    private static CommandOutcome refused(StoreRefusal refusal) {
        return CommandOutcome.of(new ReplicaOutcome.Applied(1, 9), new StoreResponse.Refused(5, refusal));
    }

    @Test
    void aSingleAttemptIsAppliedOrNotOrUnknown() {
        assertThat(APPLIED).isEqualTo(new CommandOutcome.Applied(DONE));
        assertThat(NOT_TAKEN).isInstanceOf(CommandOutcome.NotApplied.class);
        assertThat(refused(new StoreRefusal.EmptyKey())).isInstanceOf(CommandOutcome.NotApplied.class);
        assertThat(UNKNOWN).isInstanceOf(CommandOutcome.Unknown.class);
    }

    @Test
    void anUnknownOutcomeStaysUnknownUntilTheStoreResponds() {
        assertThat(UNKNOWN.then(NOT_TAKEN)).isEqualTo(UNKNOWN);
        assertThat(UNKNOWN.then(refused(new StoreRefusal.SessionNotFound(1)))).isEqualTo(UNKNOWN);
        assertThat(UNKNOWN.then(refused(new StoreRefusal.SessionWindowFull(1)))).isEqualTo(UNKNOWN);
        assertThat(UNKNOWN.then(refused(new StoreRefusal.AlreadyAcknowledged(2))))
                .isEqualTo(UNKNOWN);
        assertThat(UNKNOWN.then(refused(new StoreRefusal.Auth(AuthRefusal.PERMISSION_DENIED))))
                .as("the right may have been revoked since the first attempt")
                .isEqualTo(UNKNOWN);
        assertThat(UNKNOWN.then(UNKNOWN)).isEqualTo(UNKNOWN);
        assertThat(UNKNOWN.then(APPLIED)).isEqualTo(APPLIED);
        CommandOutcome full = refused(new StoreRefusal.StoreFull(2, 1));
        assertThat(UNKNOWN.then(full))
                .as("the state keeps the response for every attempt")
                .isEqualTo(full);
    }

    @Test
    void aCommandThatWasNotAppliedMayBeAppliedByTheNextAttempt() {
        assertThat(NOT_TAKEN.then(APPLIED)).isEqualTo(APPLIED);
        assertThat(NOT_TAKEN.then(UNKNOWN)).isEqualTo(UNKNOWN);
        assertThat(NOT_TAKEN.then(NOT_TAKEN)).isEqualTo(NOT_TAKEN);
    }
}
