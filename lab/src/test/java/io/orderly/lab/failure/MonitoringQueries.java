package io.orderly.lab.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What the dashboards and alerts ask Prometheus for. One that asks for a metric or a label that no process has shows nothing, and never fires.
 *
 * @param all the series that they select
 */
record MonitoringQueries(List<Selection> all) {

    private static final Path TELEMETRY = Path.of("..", "deploy", "components", "telemetry");

    private static final Pattern SELECTION =
            Pattern.compile("\\b((?:orderly|http|kafka|hikaricp)_[a-z0-9_]+)(?:\\{([^}]*)})?");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern RANGE = Pattern.compile("\\[\\d+m]");

    private static final Set<String> OF_THE_LANGUAGE =
            Set.of("sum", "max", "min", "rate", "increase", "histogram_quantile", "or", "vector");

    /** Labels that Prometheus adds itself. */
    private static final Set<String> OF_THE_TARGET = Set.of("job", "instance");

    /** The series with a server error exist after the first one only. */
    private static final Set<String> AFTER_A_FAILURE = Set.of("SERVER_ERROR");

    /**
     * The series of a metric.
     *
     * @param labels that they must have; the value is empty if it does not matter
     */
    record Selection(String query, String metric, Map<String, String> labels) {

        boolean selects(Sample sample) {
            return metric.equals(sample.metric())
                    && labels.entrySet().stream()
                            .allMatch(label -> sample.labels().containsKey(label.getKey())
                                    && (label.getValue().isEmpty()
                                            || label.getValue()
                                                    .equals(sample.labels().get(label.getKey()))));
        }
    }

    /** A line of what Prometheus reads of a process. */
    record Sample(String metric, Map<String, String> labels) {

        private static final Pattern LINE = Pattern.compile("^(\\w+)(?:\\{(.*)})? [^ ]+$", Pattern.MULTILINE);

        static Stream<Sample> in(String metrics) {
            return LINE.matcher(metrics).results().map(line -> {
                Map<String, String> labels = new HashMap<>();
                if (line.group(2) != null) {
                    MATCHER.matcher(line.group(2))
                            .results()
                            .forEach(label -> labels.put(label.group(1), label.group(2)));
                }
                return new Sample(line.group(1), labels);
            });
        }
    }

    /** @throws IllegalStateException if a query contains something that is neither a known function nor a known kind of metric */
    static MonitoringQueries read() throws IOException {
        List<Path> files = new ArrayList<>(List.of(TELEMETRY.resolve("alerts.yaml")));
        try (Stream<Path> dashboards = Files.list(TELEMETRY.resolve("dashboards"))) {
            files.addAll(dashboards.toList());
        }
        return new MonitoringQueries(files.stream()
                // what is JSON is YAML
                .flatMap(file -> new YAMLMapper().readTree(file.toFile()).findValues("expr").stream())
                .map(JsonNode::stringValue)
                .flatMap(MonitoringQueries::selections)
                .toList());
    }

    static Stream<Selection> selections(String query) {
        String rest = query;
        for (Pattern known : List.of(SELECTION, GROUPING, RANGE)) {
            rest = known.matcher(rest).replaceAll(" ");
        }
        List<String> unknown = WORD.matcher(rest)
                .results()
                .map(MatchResult::group)
                .filter(Predicate.not(OF_THE_LANGUAGE::contains))
                .toList();
        List<Selection> selections = SELECTION
                .matcher(query)
                .results()
                .map(each -> selection(query, each))
                .toList();
        if (!unknown.isEmpty() || selections.isEmpty()) {
            throw new IllegalStateException("not understood: %s in %s".formatted(unknown, query));
        }
        return selections.stream();
    }

    private static Selection selection(String query, MatchResult selection) {
        Map<String, String> labels = new HashMap<>();
        GROUPING.matcher(query)
                .results()
                .flatMap(grouping -> Arrays.stream(grouping.group(1).split(", ?")))
                .forEach(label -> labels.put(label, ""));
        if (selection.group(2) != null) {
            MATCHER.matcher(selection.group(2))
                    .results()
                    .forEach(label ->
                            labels.put(label.group(1), AFTER_A_FAILURE.contains(label.group(2)) ? "" : label.group(2)));
        }
        labels.keySet().removeAll(OF_THE_TARGET);
        return new Selection(query, selection.group(1), labels);
    }
}
