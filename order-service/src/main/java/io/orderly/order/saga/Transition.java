package io.orderly.order.saga;

import io.orderly.contracts.Command;
import io.orderly.contracts.event.OrderEvent;
import java.util.List;
import java.util.stream.Stream;

/** The result of applying an input to a saga. */
public sealed interface Transition {

    /** The state after the transition. */
    SagaState state();

    /**
     * The state changed, or a command was sent again.
     *
     * @param commands the commands to send, at most one, because steps and compensations are executed one at a time
     * @param events the events to publish, in this order
     */
    record Moved(SagaState state, List<Command> commands, List<OrderEvent> events) implements Transition {

        public Moved {
            commands = List.copyOf(commands);
            events = List.copyOf(events);
        }

        Moved precededBy(OrderEvent event) {
            return new Moved(
                    state,
                    commands,
                    Stream.concat(Stream.of(event), events.stream()).toList());
        }
    }

    /**
     * The input had no effect: a duplicate, a late reply, a deadline that has not passed, or a request that is already fulfilled.
     *
     * @param why a short explanation for humans
     */
    record Unchanged(SagaState state, String why) implements Transition {}

    /** The state does not allow the request. */
    record Refused(SagaState state, Refusal refusal) implements Transition {}
}
