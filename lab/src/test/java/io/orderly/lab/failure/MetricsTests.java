package io.orderly.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.stack.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Compares the metrics of the services with the page that describes them, after all other scenarios. */
abstract class MetricsTests {

    private static final Path PAGE =
            Path.of("..", "docs", "metrics.md").toAbsolutePath().normalize();
    private static final Pattern NAME = Pattern.compile("`(orderly\\.[a-z.-]+)`");

    /** What the other scenarios do, and the passing of time, as the page calls it. */
    private static final Set<String> SCENARIOS =
            Set.of("every order", "every period", "an outage of Kafka or PostgreSQL");

    private final SystemClient client;

    MetricsTests(SystemClient client) {
        this.client = client;
    }

    /**
     * A row of the table of services.
     *
     * @param services those that have the metric
     * @param movedBy what increases a counter; empty for a gauge
     */
    private record Row(String metric, List<String> services, String movedBy) {}

    @Test
    void everyServiceHasTheDescribedMetricsAndNoOthers() throws IOException {
        Set<String> described = NAME.matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        for (String service : SystemClient.SERVICES) {
            Set<String> exposed = metrics(service);
            assertThat(described).as("described metrics").containsAll(exposed);
            assertThat(exposed)
                    .as("metrics of the %s", service)
                    .containsAll(rows().stream()
                            .filter(row -> row.services().contains(service))
                            .map(Row::metric)
                            .toList());
        }
    }

    @Test
    void theScenariosHaveMovedTheirCounters() throws IOException {
        List<Row> moved =
                rows().stream().filter(row -> SCENARIOS.contains(row.movedBy())).toList();
        assertThat(moved).isNotEmpty();
        for (Row row : moved) {
            assertThat(row.services().stream()
                            .mapToDouble(service -> count(service, row.metric()))
                            .sum())
                    .as(row.metric())
                    .isPositive();
        }
    }

    private Set<String> metrics(String service) {
        return StreamSupport.stream(
                        client.getOk(service, "/actuator/metrics").path("names").spliterator(), false)
                .map(JsonNode::stringValue)
                .filter(name -> name.startsWith("orderly."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private double count(String service, String metric) {
        return StreamSupport.stream(
                        client.getOk(service, "/actuator/metrics/" + metric)
                                .path("measurements")
                                .spliterator(),
                        false)
                .filter(each -> each.path("statistic").stringValue().equals("COUNT"))
                .mapToDouble(each -> each.path("value").doubleValue())
                .sum();
    }

    private static List<Row> rows() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("## Services"), page.indexOf("## After their first event"));
        return table.lines()
                .filter(line -> line.startsWith("| `orderly."))
                .map(MetricsTests::row)
                .toList();
    }

    private static Row row(String line) {
        List<String> cells =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        String metric = NAME.matcher(cells.get(1))
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElseThrow();
        assertThat(cells.get(2)).isIn("", Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT);
        return new Row(metric, cells.get(2).isEmpty() ? SystemClient.SERVICES : List.of(cells.get(2)), cells.get(4));
    }
}
