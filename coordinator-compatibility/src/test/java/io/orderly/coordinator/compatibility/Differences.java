package io.orderly.coordinator.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The differences that a page lists, in rows of the form {@code | `scenario: step` | etcd | here | reason |}. The text in backticks in the
 * columns of the servers must occur in their observations.
 */
final class Differences {

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+: [^`]+)` \\| (.*) \\| (.*) \\| (.+) \\|");
    private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");
    private static final String MISSING = "(no such step)";

    private final Map<String, Row> rows = new TreeMap<>();

    private record Row(String etcd, String here) {}

    private Differences() {}

    static Differences listedIn(Path page) throws IOException {
        Differences differences = new Differences();
        for (String line : Files.readAllLines(page)) {
            var row = ROW.matcher(line);
            if (row.matches() && differences.rows.put(row.group(1), new Row(row.group(2), row.group(3))) != null) {
                throw new IllegalArgumentException(page + " lists " + row.group(1) + " twice");
            }
        }
        return differences;
    }

    /** The unexpected differences between the observations of a scenario on both servers; empty if there are none. */
    List<String> unexpected(String scenario, Map<String, String> etcd, Map<String, String> here) {
        List<String> found = new ArrayList<>();
        Map<String, String> steps = new LinkedHashMap<>(etcd);
        here.forEach(steps::putIfAbsent);
        for (String step : steps.keySet()) {
            String place = scenario + ": " + step;
            compare(place, etcd.getOrDefault(step, MISSING), here.getOrDefault(step, MISSING), rows.get(place), found);
        }
        rows.keySet().stream()
                .filter(place -> place.startsWith(scenario + ": "))
                .filter(place -> !steps.containsKey(place.substring(scenario.length() + 2)))
                .forEach(place -> found.add("%n%s is listed, but there is no such step".formatted(place)));
        return found;
    }

    /** The listed places whose scenarios do not exist. */
    List<String> withoutScenario(List<Scenario> scenarios) {
        List<String> names = scenarios.stream().map(Scenario::name).toList();
        return rows.keySet().stream()
                .filter(place -> !names.contains(place.substring(0, place.indexOf(": "))))
                .toList();
    }

    private static void compare(String place, String etcd, String here, @Nullable Row row, List<String> found) {
        if (row == null) {
            if (!etcd.equals(here)) {
                found.add("%n%s is not listed%n  etcd %s%n  here %s".formatted(place, etcd, here));
            }
        } else if (etcd.equals(here)) {
            found.add("%n%s is listed, but both observed%n  %s".formatted(place, etcd));
        } else {
            requireQuoted(place, row.etcd, etcd, "etcd", found);
            requireQuoted(place, row.here, here, "here", found);
        }
    }

    private static void requireQuoted(String place, String cell, String observed, String server, List<String> found) {
        QUOTED.matcher(cell)
                .results()
                .map(quote -> quote.group(1))
                .filter(quote -> !observed.contains(quote))
                .forEach(quote -> found.add("%n%s is listed with `%s` for %s, which observed%n  %s"
                        .formatted(place, quote, server, observed)));
    }
}
