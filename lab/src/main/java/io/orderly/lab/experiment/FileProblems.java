package io.orderly.lab.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The problems of a file, each with the line and the field that it is about. A field goes by its path, such as
 * {@code scenarios.hot.faults[0].process}; the path of the whole file is empty.
 */
public final class FileProblems {

    private final Path file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    public FileProblems(Path file) {
        this.file = file;
    }

    private record Problem(int line, String field, String what) {}

    /** The path of a field within another. */
    public static String path(String parent, String field) {
        return parent.isEmpty() || field.isEmpty() ? parent + field : parent + "." + field;
    }

    /** The path of an element of a list. */
    public static String path(String parent, int index) {
        return "%s[%d]".formatted(parent, index);
    }

    /** @return false if the field was there before; its first line counts */
    boolean isFirst(String field, int line) {
        return lines.putIfAbsent(field, line) == null;
    }

    /** Whether the file has the field, with or without a valid value. */
    public boolean isInFile(String field) {
        return lines.containsKey(field);
    }

    /** @param what is wrong, a phrase that follows the field's name */
    public void add(String field, String what) {
        add(lineOf(field), field, what);
    }

    void add(int line, String field, String what) {
        problems.add(new Problem(line, field, what));
    }

    /** Adds that a name is unknown, unless it is null or one of those that are known. */
    public void requireKnown(String field, @Nullable String name, Collection<String> known) {
        if (name != null && !known.contains(name)) {
            add(field, "is unknown: %s; there are %s".formatted(name, String.join(", ", known)));
        }
    }

    /** Whether there is a problem with the field itself. */
    public boolean has(String field) {
        return problems.stream().anyMatch(problem -> problem.field().equals(field));
    }

    /** @throws InvalidExperimentException if there are any */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw toException();
        }
    }

    /** All problems in the order of their lines. */
    InvalidExperimentException toException() {
        return new InvalidExperimentException(problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(this::inWords)
                .toList());
    }

    private String inWords(Problem problem) {
        return "%s:%d: %s %s"
                .formatted(
                        file, problem.line(), problem.field().isEmpty() ? "the file" : problem.field(), problem.what());
    }

    /** The line of a field, or of the closest field around it if the file does not have it. */
    private int lineOf(String field) {
        Integer line = lines.get(field);
        if (line != null || field.isEmpty()) {
            return line == null ? 1 : line;
        }
        int end = Math.max(field.lastIndexOf('.'), field.lastIndexOf('['));
        return lineOf(field.substring(0, Math.max(end, 0)));
    }
}
