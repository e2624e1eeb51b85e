package io.orderly.console.lesson;

import io.orderly.console.faults.FaultsView;
import io.orderly.console.faults.FaultsView.FaultState;
import io.orderly.console.lesson.Seen.Leader;
import io.orderly.console.lesson.Seen.Leaders;
import io.orderly.console.lesson.Seen.SeenOrder;
import io.orderly.console.lesson.Step.Act;
import io.orderly.console.lesson.Step.Await;
import io.orderly.console.lesson.Step.Change;
import io.orderly.console.lesson.Step.End;
import io.orderly.console.lesson.Step.Expect;
import io.orderly.console.lesson.Step.Inject;
import io.orderly.console.lesson.Step.Place;
import io.orderly.console.lesson.Step.Request;
import io.orderly.console.lesson.Step.Watch;
import io.orderly.console.system.SystemView;
import io.orderly.console.system.SystemView.CoordinatorState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run of a lesson as a state machine. It takes what the console knows of the system, and returns what is to be done; it does nothing itself, and knows
 * the time only from its arguments. Looking more often changes nothing. Not thread-safe.
 */
final class LessonRun {

    private final Lesson lesson;
    private final Map<String, SeenOrder> orders = new LinkedHashMap<>();
    private final Map<String, Integer> answers = new HashMap<>();
    private final Map<String, String> faultIds = new HashMap<>();
    private final Map<String, FaultState> faults = new HashMap<>();
    private @Nullable Leader firstLeader;
    private @Nullable Leader leader;
    private boolean firstFollows;
    private int step;
    private long stepSinceMillis;
    private @Nullable String failure;

    LessonRun(Lesson lesson, long nowMillis) {
        this.lesson = lesson;
        this.stepSinceMillis = nowMillis;
    }

    /**
     * What came of an act.
     *
     * @param status of the answer, an HTTP status
     * @param id of the order that was placed, or of the fault that was injected; null if none was
     * @param detail of a problem; empty if there is none
     */
    record Result(int status, @Nullable String id, String detail) {

        boolean isOk() {
            return status < 400;
        }
    }

    /**
     * Looks at the system, and goes on as far as it can.
     *
     * @return what is to be done now, and then told to {@link #done}; empty if there is nothing to do but to look again, or the run is over
     */
    Optional<Act> observe(World world, long nowMillis) {
        see(world, nowMillis);
        while (!isOver()) {
            boolean goesOn = switch (lesson.steps().get(step)) {
                case Act _ -> false;
                case Watch watch -> isOver(watch.seconds(), nowMillis);
                case Await await -> {
                    boolean holds = await.until().holds(seen());
                    if (!holds && isOver(await.seconds(), nowMillis)) {
                        failure = "This did not happen within %d s.".formatted(await.seconds());
                    }
                    yield holds;
                }
                case Expect expect -> {
                    boolean holds = expect.that().holds(seen());
                    if (!holds) {
                        failure = "This is not so.";
                    }
                    yield holds;
                }
            };
            if (!goesOn) {
                return !isOver() && lesson.steps().get(step) instanceof Act act ? Optional.of(act) : Optional.empty();
            }
            next(nowMillis);
        }
        return Optional.empty();
    }

    /** The act of the present step was done. */
    void done(Act act, Result result, long nowMillis) {
        switch (act) {
            case Inject inject when result.id() != null -> faultIds.put(inject.as(), result.id());
            case Place place
            when result.id() != null -> {
                answers.put(place.as(), result.status());
                orders.put(place.as(), new SeenOrder(result.id(), nowMillis, null, null));
            }
            // the answer is what the lesson looks at
            case Request request -> answers.put(request.as(), result.status());
            case Change _, End _ when result.isOk() -> {}
            case Inject _, Place _, Change _, End _ ->
                failure = "%d %s".formatted(result.status(), result.detail()).strip();
        }
        if (failure == null) {
            next(nowMillis);
        }
    }

    /** The run cannot go on. */
    void fail(String why) {
        failure = why;
    }

    /** Whether all steps were taken, or one failed. */
    boolean isOver() {
        return failure != null || step == lesson.steps().size();
    }

    /** The number of steps that were taken. */
    int taken() {
        return step;
    }

    /** Why the present step failed; null if it did not. */
    @Nullable String failure() {
        return failure;
    }

    Seen seen() {
        return new Seen(orders, answers, faults, new Leaders(firstLeader, leader, firstFollows));
    }

    private void next(long nowMillis) {
        step++;
        stepSinceMillis = nowMillis;
    }

    private boolean isOver(int seconds, long nowMillis) {
        return nowMillis - stepSinceMillis >= TimeUnit.SECONDS.toMillis(seconds);
    }

    private void see(World world, long nowMillis) {
        orders.replaceAll((_, order) -> world.order(order.id())
                .map(view -> new SeenOrder(
                        order.id(),
                        order.placedMillis(),
                        Objects.requireNonNullElse(order.readMillis(), nowMillis),
                        view))
                .orElse(order));
        FaultsView known = world.faults();
        faultIds.forEach((name, id) -> Stream.concat(known.active().stream(), known.ended().stream())
                .filter(fault -> fault.id().equals(id))
                .findFirst()
                .ifPresent(fault -> faults.put(name, fault)));
        world.system().ifPresent(this::seeLeader);
    }

    private void seeLeader(SystemView system) {
        leader = system.coordinators().stream()
                .filter(member -> member.url().equals(system.leader()))
                .findFirst()
                .map(LessonRun::leader)
                .orElse(null);
        if (firstLeader == null) {
            firstLeader = leader;
        }
        Leader first = firstLeader;
        firstFollows = first != null
                && system.coordinators().stream()
                        .anyMatch(member -> Objects.equals(member.member(), first.member())
                                && member.leader() != null
                                && member.leader() != first.member());
    }

    private static @Nullable Leader leader(CoordinatorState member) {
        return member.member() == null ? null : new Leader(member.member(), member.ballot());
    }
}
