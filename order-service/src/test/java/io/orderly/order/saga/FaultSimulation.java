package io.orderly.order.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Command;
import io.orderly.contracts.MessageType;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.event.OrderEvent;
import io.orderly.contracts.event.OrderParked;
import io.orderly.contracts.event.OrderResumed;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.Reply;
import io.orderly.order.saga.SagaInput.CancellationRequested;
import io.orderly.order.saga.SagaInput.Compensate;
import io.orderly.order.saga.SagaInput.Park;
import io.orderly.order.saga.SagaInput.Replied;
import io.orderly.order.saga.SagaInput.Retry;
import io.orderly.order.saga.SagaInput.TimePassed;
import io.orderly.order.saga.SagaState.Active;
import io.orderly.order.saga.SagaState.Compensated;
import io.orderly.order.saga.SagaState.Confirmed;
import io.orderly.order.saga.SagaState.Parked;
import io.orderly.order.saga.SagaState.Terminal;
import io.orderly.order.saga.Transition.Moved;
import io.orderly.order.saga.Transition.Refused;
import io.orderly.order.saga.Transition.Unchanged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Simulates one saga, its participants and a faulty network: messages are reordered, duplicated, delayed, lost or dead-lettered,
 * and customers and operators send requests at random times. The run is determined by the seed.
 */
final class FaultSimulation {

    private static final int MAX_ROUNDS_WITHOUT_FAULTS = 500;

    private final Random random;
    private final SagaOrder order = SagaFixtures.anOrder();
    private final OrderSaga saga = new OrderSaga(SagaFixtures.DEADLINES);
    private final SimulatedParticipants participants;
    private final List<Command> commands = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private final List<Command> deadLetters = new ArrayList<>();
    private final List<OrderEvent> events = new ArrayList<>();
    private final StringBuilder transcript = new StringBuilder();
    private Instant now = Instant.parse("2026-11-23T04:30:00Z");
    private SagaState state;
    private boolean cancellationGranted;
    private boolean cancellationTooLate;
    private boolean everParked;

    FaultSimulation(long seed) {
        random = new Random(seed);
        Set<SagaStep> rejectedSteps = EnumSet.noneOf(SagaStep.class);
        for (SagaStep step : SagaStep.values()) {
            if (step != SagaStep.COMMIT_RESERVATION && random.nextInt(8) == 0) {
                rejectedSteps.add(step);
            }
        }
        participants = new SimulatedParticipants(rejectedSteps);
        log("seed " + seed + ", rejected steps " + rejectedSteps);
        Moved start = saga.start(order, now);
        state = start.state();
        enqueue(start);
    }

    SagaState state() {
        return state;
    }

    boolean everParked() {
        return everParked;
    }

    @Override
    public String toString() {
        return transcript.toString();
    }

    /** Executes random actions, including faults and requests. */
    void injectFaults(int rounds) {
        for (int i = 0; i < rounds; i++) {
            switch (random.nextInt(40)) {
                case 0 -> lose();
                case 1, 2 -> duplicate();
                case 3 -> deadLetter();
                case 4 -> replay();
                case 5, 6 -> timePasses();
                case 7 -> tell(new CancellationRequested());
                case 8 -> tell(oneOf(List.of(new Retry(""), new Park(""), new Compensate(""))));
                default -> deliver();
            }
        }
    }

    /** Delivers all pending messages without faults and retries parked sagas, until the saga has ended. */
    void runWithoutFaults() {
        log("no more faults");
        for (int i = 0; i < MAX_ROUNDS_WITHOUT_FAULTS; i++) {
            if (!commands.isEmpty() || !replies.isEmpty()) {
                deliver();
            } else if (!deadLetters.isEmpty()) {
                replay();
            } else {
                switch (state) {
                    case Active active -> {
                        now = active.deadline();
                        tell(new TimePassed());
                    }
                    case Parked _ -> {
                        participants.acceptCompensations();
                        tell(new Retry(""));
                    }
                    case Terminal _ -> {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("the saga did not end");
    }

    void verifyEnd() {
        switch ((Terminal) state) {
            case Confirmed _ -> {
                assertThat(participants.inEffect()).hasSize(4);
                assertThat(cancellationGranted).as("cancellation granted").isFalse();
            }
            case Compensated _ -> {
                assertThat(participants.inEffect()).isEmpty();
                assertThat(cancellationTooLate)
                        .as("cancellation refused after the pivot")
                        .isFalse();
            }
        }
        for (SagaStep step : SagaStep.values()) {
            assertThat(participants.timesDone(step)).as("times %s", step).isLessThanOrEqualTo(1);
        }
        assertThat(events.stream()
                        .filter(event -> !(event instanceof OrderParked || event instanceof OrderResumed))
                        .map(Object::getClass))
                .doesNotHaveDuplicates();
    }

    private void tell(SagaInput input) {
        log("      saga receives " + input);
        Transition transition = saga.on(order, state, input, now);
        if (state instanceof Terminal) {
            assertThat(transition).isNotInstanceOf(Moved.class);
        }
        if (input instanceof CancellationRequested) {
            switch (transition) {
                case Moved _, Unchanged _ -> cancellationGranted = true;
                case Refused refused -> cancellationTooLate |= refused.refusal() == Refusal.PIVOT_PASSED;
            }
        }
        state = transition.state();
        if (transition instanceof Moved moved) {
            enqueue(moved);
        }
        assertThat(state.nextDeadline().isPresent()).isEqualTo(state instanceof Active);
        assertThat(state instanceof Parked).as("visibly parked").isEqualTo(isVisiblyParked());
        everParked |= state instanceof Parked;
    }

    /** Whether the published events show the order as parked. */
    private boolean isVisiblyParked() {
        return events.reversed().stream()
                .filter(event -> event instanceof OrderParked || event instanceof OrderResumed)
                .findFirst()
                .map(OrderParked.class::isInstance)
                .orElse(false);
    }

    private void enqueue(Moved moved) {
        commands.addAll(moved.commands());
        events.addAll(moved.events());
        log("   " + state + " " + moved.commands() + " " + moved.events());
    }

    private void deliver() {
        boolean command = replies.isEmpty() || !commands.isEmpty() && random.nextBoolean();
        if (command && !commands.isEmpty()) {
            Command next = takeOneOf(commands);
            log("      participant receives " + next);
            replies.add(participants.handle(next));
        } else if (!replies.isEmpty()) {
            tell(new Replied(takeOneOf(replies)));
        }
    }

    private void duplicate() {
        if (!commands.isEmpty() && random.nextBoolean()) {
            commands.add(oneOf(commands));
        } else if (!replies.isEmpty()) {
            replies.add(oneOf(replies));
        }
    }

    private void lose() {
        if (!commands.isEmpty() && random.nextBoolean()) {
            log("      lost " + takeOneOf(commands));
        } else if (!replies.isEmpty()) {
            log("      lost " + takeOneOf(replies));
        }
    }

    private void deadLetter() {
        if (!commands.isEmpty()) {
            Command command = takeOneOf(commands);
            log("      dead-lettered " + command);
            deadLetters.add(command);
            String topic = MessageType.of(command).topic().topicName();
            replies.add(new CommandDeadLettered(order.id(), "letter", topic, "poison"));
        }
    }

    private void replay() {
        if (!deadLetters.isEmpty()) {
            commands.add(takeOneOf(deadLetters));
        }
    }

    private void timePasses() {
        now = now.plus(Duration.ofMillis(random.nextLong(SagaFixtures.FIRST_DEADLINE.toMillis() * 2)));
        tell(new TimePassed());
    }

    private <T> T oneOf(List<? extends T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> T takeOneOf(List<T> all) {
        return all.remove(random.nextInt(all.size()));
    }

    private void log(String line) {
        transcript.append(line).append('\n');
    }
}
