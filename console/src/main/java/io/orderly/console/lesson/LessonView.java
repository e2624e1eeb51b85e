package io.orderly.console.lesson;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lesson with its last run, for people.
 *
 * @param number from 1
 * @param patterns the paths of the pages of its patterns in the repository
 * @param prediction of the run, a number of a choice from 1; null if there was none
 * @param answer the number of the right choice; null before a run has ended
 * @param orders of the run
 * @param explanation with what happened in the run; null before the run has ended as it should
 * @param problem why the run failed; null if it did not
 */
record LessonView(
        int number,
        String title,
        List<String> patterns,
        String story,
        String question,
        List<String> choices,
        State state,
        @Nullable Integer prediction,
        @Nullable Integer answer,
        List<StepView> steps,
        List<OrderRef> orders,
        @Nullable String explanation,
        @Nullable String problem) {

    /** The state of the last run of a lesson. */
    enum State {
        /** There was no run since the start of the console. */
        NEW,
        RUNNING,
        /** Everything happened that the lesson looks for. */
        HELD,
        FAILED,
        /** Somebody ended it before its end. */
        STOPPED
    }

    /** The state of a step. */
    enum StepState {
        TO_COME,
        NOW,
        DONE,
        FAILED
    }

    /** @param looks whether the step looks at what happens, and does nothing */
    record StepView(String say, boolean looks, StepState state) {}

    /** @param name that the lesson has for the order */
    record OrderRef(String name, String id) {}

    /** A lesson in a list. */
    record Summary(int number, String title, State state) {}
}
