package io.orderly.onboarding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The description of a pattern. A table names the classes, tests and metrics in rows that begin with {@code class}, {@code test} and
 * {@code metric}. Commands are in blocks of their own, and the block after one shows what it prints.
 *
 * @param name of the file, without its ending
 * @param classes qualified names
 * @param tests simple names
 */
record PatternPage(
        String name, List<String> classes, List<String> tests, List<String> metrics, List<Example> examples) {

    private static final Pattern ROW = Pattern.compile("^\\| (class|test|metric) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern EXAMPLE =
            Pattern.compile("^```sh\n(.*?)^```\n(?:\n```\n(.*?)^```$)?", Pattern.MULTILINE | Pattern.DOTALL);

    private static final String SIMULATION = "./run simulate ";

    static List<PatternPage> all(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> pages = files.sorted().toList();
            List<PatternPage> all = new ArrayList<>();
            for (Path page : pages) {
                all.add(read(page));
            }
            return all;
        }
    }

    static PatternPage read(Path file) throws IOException {
        String text = Files.readString(file);
        return new PatternPage(
                file.getFileName().toString().replaceFirst("\\.md$", ""),
                row(text, "class"),
                row(text, "test"),
                row(text, "metric"),
                EXAMPLE.matcher(text)
                        .results()
                        .map(block ->
                                new Example(block.group(1), block.group(2) == null ? List.of() : lines(block.group(2))))
                        .toList());
    }

    private static List<String> row(String text, String title) {
        return ROW.matcher(text)
                .results()
                .filter(row -> row.group(1).equals(title))
                .flatMap(row -> CODE.matcher(row.group(2)).results())
                .map((MatchResult code) -> code.group(1))
                .toList();
    }

    private static List<String> lines(String block) {
        return block.lines().filter(line -> !line.isBlank()).toList();
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * Commands, and what they print.
     *
     * @param output its lines, among others; {@code …} is any text
     */
    record Example(String commands, List<String> output) {

        /** Whether it is a run of the simulator, which needs no system; the tests of the simulator run those. */
        boolean isSimulation() {
            return commands.startsWith(SIMULATION);
        }

        /** The lines that are missing in what the commands have printed. */
        List<String> missingIn(String printed) {
            return output.stream()
                    .filter(line -> printed.lines().noneMatch(pattern(line).asMatchPredicate()))
                    .toList();
        }

        private static Pattern pattern(String line) {
            return Pattern.compile(String.join(
                            ".*",
                            Arrays.stream(line.strip().split("…", -1))
                                    .map(Pattern::quote)
                                    .toList())
                    .transform(text -> "\\s*" + text + "\\s*"));
        }
    }
}
