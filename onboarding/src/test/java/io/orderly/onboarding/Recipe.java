package io.orderly.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A document that says how to make a change, in a form that can be followed by a program too. {@code New file `path`:} stands
 * before a block with the whole file, {@code In `path`:} before a block with changes, and commands are in blocks of their own.
 *
 * @param newFiles the text of each, by its path
 * @param changes those of each file, by its path
 * @param commands what to run afterwards, in this order
 */
record Recipe(Map<String, String> newFiles, Map<String, List<Change>> changes, List<String> commands) {

    private static final Pattern FILE =
            Pattern.compile("^(New file|In) `([^`]+)`:\n\n```\\w+\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern COMMANDS = Pattern.compile("^```sh\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    static Recipe in(Path document) throws IOException {
        String text = Files.readString(document);
        Map<String, String> newFiles = new LinkedHashMap<>();
        Map<String, List<Change>> changes = new LinkedHashMap<>();
        FILE.matcher(text).results().forEach(block -> {
            if (block.group(1).equals("New file")) {
                newFiles.put(block.group(2), block.group(3));
            } else {
                changes.put(block.group(2), Change.in(block.group(3)));
            }
        });
        List<String> commands = COMMANDS.matcher(text)
                .results()
                .map(MatchResult::group)
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("```"))
                .toList();
        return new Recipe(newFiles, changes, commands);
    }

    /** Makes the change in a copy of the repository. */
    void apply(Path repository) throws IOException {
        for (Map.Entry<String, String> file : newFiles.entrySet()) {
            Path path = repository.resolve(file.getKey());
            assertThat(path).doesNotExist();
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        for (Map.Entry<String, List<Change>> file : changes.entrySet()) {
            Path path = repository.resolve(file.getKey());
            String text = Files.readString(path);
            for (Change change : file.getValue()) {
                text = change.apply(text, file.getKey());
            }
            Files.writeString(path, text);
        }
    }

    /**
     * Lines that take the place of others.
     *
     * @param before lines that the file has exactly once, one after the other
     */
    record Change(String before, String after) {

        /** @param diff hunks that begin with a line {@code @@}, as of a unified diff without line numbers */
        static List<Change> in(String diff) {
            List<Change> changes = new ArrayList<>();
            for (String hunk : diff.split("(?m)^@@.*\n")) {
                if (!hunk.isEmpty()) {
                    changes.add(new Change(lines(hunk, '+'), lines(hunk, '-')));
                }
            }
            return changes;
        }

        private static String lines(String hunk, char leftOut) {
            return hunk.lines()
                    .filter(line -> line.isEmpty() || line.charAt(0) != leftOut)
                    .map(line -> (line.isEmpty() ? line : line.substring(1)) + "\n")
                    .collect(Collectors.joining());
        }

        String apply(String text, String file) {
            String all = "\n" + text;
            String lines = "\n" + before;
            int position = all.indexOf(lines);
            assertThat(position).as("%s has these lines:\n%s", file, before).isNotNegative();
            assertThat(all.indexOf(lines, position + 1))
                    .as("%s has these lines once:\n%s", file, before)
                    .isNegative();
            return all.substring(1, position + 1) + after + all.substring(position + lines.length());
        }
    }
}
