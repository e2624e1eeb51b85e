package io.orderly.console.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.faults.FaultsView;
import io.orderly.console.faults.FaultsView.Control;
import io.orderly.console.faults.FaultsView.FaultState;
import io.orderly.console.lesson.LessonRun.Result;
import io.orderly.console.lesson.Step.Act;
import io.orderly.console.lesson.Step.End;
import io.orderly.console.lesson.Step.Inject;
import io.orderly.console.lesson.Step.Place;
import io.orderly.console.order.Message;
import io.orderly.console.order.OrderView;
import io.orderly.console.order.Orders;
import io.orderly.console.order.SampleSaga;
import io.orderly.console.order.TopicRecord;
import io.orderly.console.system.SystemView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A run of a lesson, without a system: what it does when it sees something, sees it again, sees it late or does not see it. */
class LessonRunTest {

    private static final String ORDER = "01936f00-0000-7000-8000-000000000001";
    private static final Instant BEGIN = Instant.parse("2026-11-30T10:00:00Z");
    private static final long T0 = BEGIN.toEpochMilli();

    private static final Lesson LESSON = lesson(
            """
            - inject: {say: inject, fault: {fault: outage, process: payment-provider}, seconds: 60, as: outage}
            - await: {say: showed, until: {showed: {fault: outage}}, seconds: 10}
            - place: {say: place, customer: ada, as: a}
            - await: {say: sent, until: {sent: {order: a, type: ChargePayment}}, seconds: 10}
            - watch: {say: watch, seconds: 5}
            - end: {say: end, fault: outage}
            - await: {say: confirmed, until: {status: {order: a, is: CONFIRMED}}, seconds: 20}
            - expect: {say: once, that: {sent: {order: a, type: ChargePayment, times: 1}}}
            """,
            "{a.status} {a.times.ChargePayment} {a.between.ChargePayment.ChargeCaptured} {a.unread} {outage.seen} {leader.now}");

    private final Known world = new Known();
    private final LessonRun run = new LessonRun(LESSON, T0);

    @Test
    void goesOnWithWhatItSees() {
        assertThat(next(0)).hasValueSatisfying(act -> assertThat(act).isInstanceOf(Inject.class));
        did(0, 201, "outage-1");
        assertThat(next(1_000)).isEmpty();
        world.faults = faults(true);
        assertThat(next(2_000)).hasValueSatisfying(act -> assertThat(act).isInstanceOf(Place.class));
        did(2_000, 202, ORDER);
        assertThat(next(2_100)).isEmpty();
        world.read(5);
        assertThat(next(3_000)).as("watches").isEmpty();
        assertThat(next(7_999)).as("watches").isEmpty();
        assertThat(next(8_000)).hasValueSatisfying(act -> assertThat(act).isInstanceOf(End.class));
        did(8_000, 204, null);
        world.read(13);
        assertThat(next(9_000)).isEmpty();

        assertThat(run.isOver()).isTrue();
        assertThat(run.failure()).isNull();
        // the charge came 7 ms after its command; a message was read 1 s after the request was answered
        assertThat(run.seen().fill(LESSON.explanation())).isEqualTo("CONFIRMED 1 0.0 s 1.0 s refused 3 payments ?");
    }

    @Test
    void seeingTheSameAgainChangesNothing() {
        next(0);
        assertThat(next(0)).as("an act that is not done yet").isPresent();
        did(0, 201, "outage-1");
        world.faults = faults(true);
        next(1_000);
        did(1_000, 202, ORDER);
        world.read(5);
        world.read(5);
        for (int i = 0; i < 10; i++) {
            assertThat(next(1_500)).isEmpty();
        }
        assertThat(run.taken()).isEqualTo(4);
        assertThat(run.seen().messages("a", "ChargePayment")).hasSize(1);
    }

    @Test
    void takesWhatComesLateAtOnce() {
        next(0);
        did(0, 201, "outage-1");
        world.faults = faults(true);
        next(9_000);
        did(9_000, 202, ORDER);
        // all messages are there before it looks for the first one
        world.read(13);
        next(9_100);
        next(14_100);
        did(14_100, 204, null);
        next(14_200);
        assertThat(run.isOver()).isTrue();
        assertThat(run.failure()).isNull();
    }

    @Test
    void failsIfNothingIsSeenInTime() {
        next(0);
        did(0, 201, "outage-1");
        assertThat(next(9_999)).isEmpty();
        assertThat(run.isOver()).isFalse();
        assertThat(next(10_000)).isEmpty();
        assertThat(run.isOver()).isTrue();
        assertThat(run.failure()).isEqualTo("This did not happen within 10 s.");
        assertThat(run.taken()).isEqualTo(1);
        world.faults = faults(true);
        assertThat(next(10_001)).as("it stays so").isEmpty();
        assertThat(run.failure()).isNotNull();
    }

    @Test
    void failsIfAnExpectationDoesNotHold() {
        next(0);
        did(0, 201, "outage-1");
        world.faults = faults(true);
        next(100);
        did(100, 202, ORDER);
        world.read(13);
        TopicRecord charge = SampleSaga.confirmed(ORDER, "ada", BEGIN).get(4);
        world.orders.add(Message.of(SampleSaga.changed(charge, 900, "ce_id", "again", charge.value())));
        next(200);
        next(5_200);
        did(5_200, 204, null);
        next(5_300);
        assertThat(run.isOver()).isTrue();
        assertThat(run.failure()).isEqualTo("This is not so.");
    }

    @Test
    void failsIfAnActIsRefused() {
        next(0);
        did(0, 400, null);
        assertThat(run.failure()).isEqualTo("400 refused");
        assertThat(next(100)).isEmpty();
    }

    @Test
    void aFaultThatHasEndedIsKnownByItsLastState() {
        next(0);
        did(0, 201, "outage-1");
        world.faults = new FaultsView(
                Control.ON, List.of(), List.of(faults(true).active().getFirst()));
        assertThat(next(100)).isPresent();
        world.faults = new FaultsView(Control.AWAY, List.of(), List.of());
        next(200);
        assertThat(run.seen().faults().get("outage").tookEffect()).isTrue();
    }

    private Optional<Act> next(long millis) {
        return run.observe(world, T0 + millis);
    }

    private void did(long millis, int status, @Nullable String id) {
        Act act = next(millis).orElseThrow();
        run.done(act, new Result(status, id, status >= 400 ? "refused" : ""), T0 + millis);
    }

    private static FaultsView faults(boolean tookEffect) {
        return new FaultsView(
                Control.ON,
                List.of(new FaultState(
                        "outage-1",
                        "outage",
                        "payment-provider",
                        "",
                        T0,
                        null,
                        null,
                        tookEffect,
                        "refused 3 payments")),
                List.of());
    }

    /** @param steps as YAML */
    static Lesson lesson(String steps, String explanation) {
        return LessonFiles.read(
                "test", """
                title: A title
                patterns: [saga]
                story: A story.
                question: A question?
                choices: [one, two]
                answer: 2
                explanation: "%s"
                steps:
                %s""".formatted(explanation, steps.indent(2)).getBytes(StandardCharsets.UTF_8));
    }

    private static final class Known implements World {

        private final Orders orders = new Orders(10, 1 << 20);
        private FaultsView faults = new FaultsView(Control.ON, List.of(), List.of());

        /** Reads the first records of the saga, also those that were read before. */
        void read(int records) {
            SampleSaga.confirmed(ORDER, "ada", BEGIN).stream()
                    .limit(records)
                    .map(Message::of)
                    .forEach(orders::add);
        }

        @Override
        public Optional<OrderView> order(String id) {
            return orders.order(id);
        }

        @Override
        public FaultsView faults() {
            return faults;
        }

        @Override
        public Optional<SystemView> system() {
            return Optional.empty();
        }
    }
}
