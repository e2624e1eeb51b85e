package io.orderly.order.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.SagaStep;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.ParkReason;
import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.SagaState.Active;
import io.orderly.order.saga.SagaState.Cancelled;
import io.orderly.order.saga.SagaState.Compensated;
import io.orderly.order.saga.SagaState.Compensating;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Forward;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.SagaState.Rejected;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StateColumnsTest {

    @Property
    void restoreTheStateTheyWereCreatedFrom(@ForAll("states") SagaState state) {
        assertThat(StateColumns.of(state).toState()).isEqualTo(state);
    }

    @Provide
    Arbitrary<SagaState> states() {
        return Arbitraries.oneOf(
                active().map(SagaState.class::cast),
                Combinators.combine(Arbitraries.of(ParkReason.class), texts(), active())
                        .as(Parked::new),
                compensated().map(SagaState.class::cast),
                Arbitraries.just(new Confirmed()));
    }

    private static Arbitrary<Active> active() {
        Arbitrary<Integer> attempts = Arbitraries.integers().between(1, 1_000);
        Arbitrary<Instant> deadlines =
                Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
        Arbitrary<SagaStep> steps = Arbitraries.of(SagaStep.class);
        return Arbitraries.oneOf(
                Combinators.combine(steps.filter(step -> !step.isCompensation()), attempts, deadlines)
                        .as(Forward::new),
                Combinators.combine(
                                steps.filter(SagaStep::isCompensation)
                                        .list()
                                        .ofMinSize(1)
                                        .ofMaxSize(3),
                                attempts,
                                deadlines,
                                compensated())
                        .as(Compensating::new));
    }

    private static Arbitrary<Compensated> compensated() {
        Arbitrary<Cause> causes = Combinators.combine(texts(), texts()).as(Cause::new);
        return Arbitraries.oneOf(causes.map(Rejected::new), causes.map(Cancelled::new));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(50);
    }
}
