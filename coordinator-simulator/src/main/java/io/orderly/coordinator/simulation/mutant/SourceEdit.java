package io.orderly.coordinator.simulation.mutant;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lines of a source file, and their replacement.
 *
 * @param path below the coordinator's package
 * @param before consecutive lines, with any indentation; they must occur exactly once
 */
public record SourceEdit(String path, List<String> before, String after) {

    /** @throws IllegalStateException if the lines do not occur, or occur more than once */
    String applyTo(String text) {
        Matcher lines = Pattern.compile(before.stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining("\\s*\\n\\s*", "(?m)^\\s*", "$")))
                .matcher(text);
        if (!lines.find()) {
            throw new IllegalStateException(
                    "the lines are no longer in %s; update the mutant:%n%s".formatted(path, String.join("\n", before)));
        }
        int start = lines.start();
        int end = lines.end();
        if (lines.find()) {
            throw new IllegalStateException(
                    "the lines are in %s twice; add some around:%n%s".formatted(path, String.join("\n", before)));
        }
        return text.substring(0, start) + "\n" + after + text.substring(end);
    }
}
