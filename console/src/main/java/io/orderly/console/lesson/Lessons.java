package io.orderly.console.lesson;

import io.orderly.console.lesson.LessonRun.Result;
import io.orderly.console.lesson.LessonView.OrderRef;
import io.orderly.console.lesson.LessonView.State;
import io.orderly.console.lesson.LessonView.StepState;
import io.orderly.console.lesson.LessonView.StepView;
import io.orderly.console.lesson.Step.Act;
import io.orderly.console.upstream.Upstreams;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponseException;

/**
 * Runs lessons, one at a time, since they share the system. A run goes on without its reader, and always ends its faults and puts settings back; if the
 * console is killed, the launcher ends the faults after their seconds.
 */
public final class Lessons implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lessons.class);
    private static final long LOOK_MILLIS = 200;
    private static final long STOP_SECONDS = 10;

    private final List<Lesson> all;
    private final World world;
    private final Upstreams upstreams;
    private final InstantSource clock;
    private final Map<Integer, Run> last = new HashMap<>();
    private @Nullable Run current;

    /**
     * @param clock by which lessons wait
     * @throws IllegalStateException if a file of a lesson is not valid
     */
    public Lessons(World world, Upstreams upstreams, InstantSource clock) {
        this.all = LessonFiles.read();
        this.world = world;
        this.upstreams = upstreams;
        this.clock = clock;
    }

    /** A lesson that somebody runs, or has run. */
    private static final class Run {

        private final Lesson lesson;
        private final @Nullable Integer prediction;
        private final LessonRun steps;
        private final CountDownLatch ended = new CountDownLatch(1);

        /** Null when it is not to be interrupted, because it puts things back. */
        private @Nullable Thread thread;

        private State state = State.RUNNING;
        private @Nullable String explanation;

        Run(Lesson lesson, @Nullable Integer prediction, long nowMillis) {
            this.lesson = lesson;
            this.prediction = prediction;
            this.steps = new LessonRun(lesson, nowMillis);
        }

        void interrupt() {
            if (thread != null) {
                thread.interrupt();
                thread = null;
            }
        }
    }

    synchronized List<LessonView.Summary> list() {
        return IntStream.rangeClosed(1, all.size())
                .mapToObj(number -> new LessonView.Summary(
                        number,
                        all.get(number - 1).title(),
                        Optional.ofNullable(last.get(number))
                                .map(run -> run.state)
                                .orElse(State.NEW)))
                .toList();
    }

    /** Empty if there is no such lesson. */
    synchronized Optional<LessonView> view(int number) {
        return lesson(number).map(lesson -> view(number, lesson, last.get(number)));
    }

    /** @return empty if another lesson runs */
    synchronized Optional<LessonView> start(int number, Lesson lesson, @Nullable Integer prediction) {
        if (current != null) {
            return Optional.empty();
        }
        Run run = new Run(lesson, prediction, clock.millis());
        current = run;
        last.put(number, run);
        run.thread = Thread.ofVirtual().name("lesson").start(() -> run(run, "lesson " + number));
        return Optional.of(view(number, lesson, run));
    }

    Optional<Lesson> lesson(int number) {
        return number >= 1 && number <= all.size() ? Optional.of(all.get(number - 1)) : Optional.empty();
    }

    /** Ends the run of a lesson, if it runs. Returns before its faults have ended. */
    synchronized void stop(int number) {
        Run run = last.get(number);
        if (run != null) {
            run.interrupt();
        }
    }

    private void run(Run run, String by) {
        StepExecutor executor = new StepExecutor(upstreams);
        State end = State.FAILED;
        try {
            end = runSteps(run, executor, by);
        } catch (InterruptedException e) {
            end = State.STOPPED;
        } catch (RuntimeException e) {
            LOG.error("{} could not go on", by, e); // a mistake
            synchronized (this) {
                run.steps.fail(e.toString());
            }
        } finally {
            synchronized (this) {
                run.thread = null;
            }
            executor.putBack(by);
            synchronized (this) {
                run.state = end;
                current = null;
            }
            run.ended.countDown();
        }
    }

    private State runSteps(Run run, StepExecutor executor, String by) throws InterruptedException {
        while (true) {
            Optional<Act> act;
            synchronized (this) {
                act = run.steps.observe(world, clock.millis());
                if (run.steps.isOver()) {
                    run.explanation =
                            run.steps.failure() == null ? run.steps.seen().fill(run.lesson.explanation()) : null;
                    return run.steps.failure() == null ? State.HELD : State.FAILED;
                }
            }
            if (act.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                continue;
            }
            Result result;
            try {
                result = executor.act(act.get(), run.steps.seen(), by);
            } catch (ErrorResponseException e) {
                result = new Result(
                        e.getStatusCode().value(),
                        null,
                        String.valueOf(e.getBody().getDetail()));
            }
            synchronized (this) {
                run.steps.done(act.get(), result, clock.millis());
            }
        }
    }

    private static LessonView view(int number, Lesson lesson, @Nullable Run run) {
        boolean over = run != null && run.state != State.RUNNING;
        return new LessonView(
                number,
                lesson.title(),
                lesson.patterns().stream().map("docs/patterns/%s.md"::formatted).toList(),
                lesson.story(),
                lesson.question(),
                lesson.choices(),
                run == null ? State.NEW : run.state,
                run == null ? null : run.prediction,
                over ? lesson.answer() : null,
                IntStream.range(0, lesson.steps().size())
                        .mapToObj(i -> {
                            Step step = lesson.steps().get(i);
                            return new StepView(step.say(), !(step instanceof Act), state(i, run));
                        })
                        .toList(),
                run == null
                        ? List.of()
                        : run.steps.seen().orders().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(order -> new OrderRef(
                                        order.getKey(), order.getValue().id()))
                                .toList(),
                over ? run.explanation : null,
                run == null ? null : run.steps.failure());
    }

    private static StepState state(int step, @Nullable Run run) {
        if (run == null || step > run.steps.taken()) {
            return StepState.TO_COME;
        }
        if (step < run.steps.taken()) {
            return StepState.DONE;
        }
        return run.state == State.RUNNING && run.steps.failure() == null
                ? StepState.NOW
                : run.state == State.STOPPED ? StepState.TO_COME : StepState.FAILED;
    }

    /** Stops the lesson that runs, and waits until its faults have ended. */
    @Override
    public void close() {
        Run run;
        synchronized (this) {
            run = current;
            if (run == null) {
                return;
            }
            run.interrupt();
        }
        try {
            if (!run.ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A lesson has not ended; the launcher ends its faults");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
