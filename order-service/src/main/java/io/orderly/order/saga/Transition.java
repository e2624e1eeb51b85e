package io.orderly.order.saga;

import io.orderly.contracts.Command;
import io.orderly.contracts.event.OrderEvent;
import java.util.List;
import java.util.stream.Stream;

/** What comes of telling a saga something. */
public sealed interface Transition {

    /** The state from here on. */
    SagaState state();

    /**
     * The saga went on.
     *
     * @param commands what to send, at most one: steps and compensations go one after the other
     * @param events the facts to make public, in this order
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
     * It changed nothing, as it should: a duplicate, a late reply, a deadline that was met, a request that is granted
     * already.
     *
     * @param why a few words for people
     */
    record Unchanged(SagaState state, String why) implements Transition {}

    /** What was asked for cannot be done in this state. */
    record Refused(SagaState state, Refusal refusal) implements Transition {}
}
