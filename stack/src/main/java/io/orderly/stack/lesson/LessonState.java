package io.orderly.stack.lesson;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lesson with its last run, as the console answers it.
 *
 * @param patterns paths of documents
 * @param state such as {@code RUNNING}
 * @param answer the number of the right choice, from 1; null before a run has ended
 * @param explanation null before a run has ended as it should
 * @param problem why the run failed; null if it did not
 */
public record LessonState(
        int number,
        String title,
        List<String> patterns,
        String story,
        String question,
        List<String> choices,
        String state,
        @Nullable Integer answer,
        List<StepState> steps,
        List<PlacedOrder> orders,
        @Nullable String explanation,
        @Nullable String problem) {

    /** @param state such as {@code DONE} */
    public record StepState(String say, boolean looks, String state) {}

    /** @param name that the lesson has for the order */
    public record PlacedOrder(String name, String id) {}

    public boolean isRunning() {
        return state.equals("RUNNING");
    }

    /** Whether everything happened that the lesson looks for. */
    public boolean held() {
        return state.equals("HELD");
    }
}
