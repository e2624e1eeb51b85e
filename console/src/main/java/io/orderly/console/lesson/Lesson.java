package io.orderly.console.lesson;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A lesson, as its file has it.
 *
 * @param patterns the names of the pages of the patterns that it shows, such as {@code saga}
 * @param story what happens, before anything is broken
 * @param question asks for a prediction
 * @param choices of the prediction
 * @param answer the number of the right choice, from 1
 * @param explanation has placeholders for what happened in a run, see {@link Seen#text}
 */
record Lesson(
        String title,
        List<String> patterns,
        String story,
        String question,
        List<String> choices,
        int answer,
        List<Step> steps,
        String explanation) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,29}");
    private static final Pattern PATTERN_PAGE = Pattern.compile("[a-z][a-z-]+");

    /** @throws IllegalArgumentException if a text is missing, or something is named that no earlier step defines */
    Lesson {
        requireText("title", title);
        requireText("story", story);
        requireText("question", question);
        choices = List.copyOf(require("choices", choices));
        steps = List.copyOf(require("steps", steps));
        patterns = List.copyOf(require("patterns", patterns));
        choices.forEach(choice -> requireText("choices", choice));
        require(
                choices.size() >= 2 && answer >= 1 && answer <= choices.size(),
                "answer must be one of 2 or more choices");
        require(
                !patterns.isEmpty()
                        && patterns.stream()
                                .allMatch(page -> PATTERN_PAGE.matcher(page).matches()),
                "patterns must be names of pages");
        require(!steps.isEmpty() && !(steps.getLast() instanceof Step.Act), "the last step must be one that looks");
        Set<String> known = new HashSet<>();
        for (Step step : steps) {
            requireText("say", step.say());
            step.uses().forEach(name -> require(known.contains(name), name + " is not defined by an earlier step"));
            if (step.defines() instanceof String name) {
                require(NAME.matcher(name).matches() && !Seen.WORDS.contains(name), name + " cannot be a name");
                require(known.add(name), name + " is defined twice");
            }
        }
        Seen.placeholders(requireText("explanation", explanation)).forEach(placeholder -> {
            String first = placeholder.split("\\.")[0];
            require(
                    known.contains(first) || Seen.WORDS.contains(first),
                    "{" + placeholder + "} is of nothing that is defined");
            Seen.NOTHING.text(placeholder);
        });
    }

    /** Whether it breaks something, so that the system has to accept faults. */
    boolean needsFaults() {
        return steps.stream().anyMatch(Step.Inject.class::isInstance);
    }

    static String requireText(String field, @Nullable String text) {
        require(text != null && !text.isBlank(), field + " must be a text");
        return String.valueOf(text);
    }

    static <T> T require(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
