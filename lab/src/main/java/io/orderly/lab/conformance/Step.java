package io.orderly.lab.conformance;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import java.util.Optional;
import java.util.function.Function;

/** A step of a script. */
sealed interface Step {

    /** A step that does something to the participant. */
    sealed interface Action extends Step {}

    record Send(Outgoing message) implements Action {}

    record Restart() implements Action {}

    /**
     * Waits for a reply.
     *
     * @param number which of the replies to this step of the order, from 1
     * @param isRule whether the rule fails if the reply does not come or is another; otherwise it is not decided
     */
    record Await(OrderId order, SagaStep step, int number, Expectation expectation, boolean isRule) implements Step {}

    /** Waits as long as replies may come that must not. */
    record Quiet() implements Step {}

    /**
     * Checks the replies so far.
     *
     * @param flaw what is wrong with them; empty if nothing is
     */
    record Check(Function<Replies, Optional<String>> flaw) implements Step {}
}
