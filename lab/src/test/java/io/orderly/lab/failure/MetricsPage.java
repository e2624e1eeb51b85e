package io.orderly.lab.failure;

import io.orderly.stack.Topology;
import io.orderly.stack.coordinator.CoordinatorCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page that describes the metrics of all processes, one table in each section. */
record MetricsPage(List<Row> rows) {

    static final String COORDINATORS = "Coordinators";

    private static final Path PAGE =
            Path.of("..", "docs", "metrics.md").toAbsolutePath().normalize();
    private static final Pattern NAME = Pattern.compile("`(orderly\\.[a-z.-]+)`");

    private static final String FROM_THE_FIRST = "from the first one on";

    /**
     * A metric.
     *
     * @param section the title of its section
     * @param processes those that have the metric; for a section of all services, the services
     * @param isEager whether it exists before there is something to count
     * @param movedBy what increases a counter; empty for a gauge, and in a section that does not say it
     */
    record Row(String section, String metric, List<String> processes, boolean isEager, String movedBy) {}

    static MetricsPage read() throws IOException {
        List<Row> rows = new ArrayList<>();
        String section = "";
        List<String> columns = List.of();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (line.startsWith("| metric ")) {
                columns = cells(line);
            } else if (line.startsWith("| `orderly.")) {
                rows.add(row(section, columns, cells(line)));
            }
        }
        return new MetricsPage(List.copyOf(rows));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    }

    private static Row row(String section, List<String> columns, List<String> cells) {
        Matcher name = NAME.matcher(cell("metric", columns, cells));
        if (!name.matches()) {
            throw new IllegalStateException("a row describes one metric, with its whole name: " + cells);
        }
        String service = cell("service", columns, cells);
        List<String> processes = switch (section) {
            case "Services", "After their first event", "With a coordinator", "Anti-patterns" ->
                service.isEmpty() ? SystemClient.SERVICES : List.of(service);
            case "Inventory-service" -> List.of(Topology.INVENTORY);
            case COORDINATORS -> CoordinatorCluster.MEMBERS;
            case "Gateway", "Console" -> List.of(); // compared by their own modules, since the systems here have none
            default -> throw new IllegalStateException("which processes have the metrics of " + section + "?");
        };
        boolean isEager =
                !List.of("After their first event", "Anti-patterns", "Gateway").contains(section)
                        && !cell("meaning", columns, cells).contains(FROM_THE_FIRST);
        return new Row(section, name.group(1), processes, isEager, cell("moved by", columns, cells));
    }

    /** Empty if the table has no such column. */
    private static String cell(String column, List<String> columns, List<String> cells) {
        int index = columns.indexOf(column);
        return index < 0 ? "" : Objects.requireNonNull(cells.get(index));
    }

    /** The rows of a process, in a system with or without coordinators. */
    List<Row> of(String process, boolean hasCoordinators) {
        return rows.stream()
                .filter(row -> row.processes().contains(process))
                .filter(row -> hasCoordinators || !row.section().equals("With a coordinator"))
                .toList();
    }
}
