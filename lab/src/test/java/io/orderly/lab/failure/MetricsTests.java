package io.orderly.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.lab.failure.MetricsPage.Row;
import io.orderly.lab.failure.MonitoringQueries.Sample;
import io.orderly.lab.failure.MonitoringQueries.Selection;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.stack.Topology;
import io.orderly.stack.coordinator.Coordinators;
import io.orderly.stack.process.ManagedProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Compares the metrics of all processes of a system with the page that describes them, after all other scenarios. */
abstract class MetricsTests {

    /** These are programs of others, without metrics of ours. */
    private static final Set<String> OF_OTHERS = Set.of(Topology.POSTGRESQL, Topology.KAFKA);

    /** Longer than the intervals at which some metrics are updated. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final SystemClient client;
    private final Set<String> scenarios;
    private final List<String> processes;
    private final boolean hasCoordinators;
    private final MetricsPage page;

    /** @param scenarios what the other scenarios do, and the passing of time, as the page calls it */
    MetricsTests(IsolatedSystem system, SystemClient client, Set<String> scenarios) throws IOException {
        this.client = client;
        this.scenarios = scenarios;
        this.processes = system.processes().stream()
                .map(ManagedProcess::name)
                .filter(name -> !OF_OTHERS.contains(name))
                .toList();
        this.hasCoordinators = processes.stream().anyMatch(Coordinators::isMember);
        this.page = MetricsPage.read();
    }

    @Test
    void everyProcessHasTheDescribedMetricsAndNoOthers() {
        for (String process : processes) {
            List<Row> described = page.of(process, hasCoordinators);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(metrics(process))
                            .as("metrics of %s that the page describes", process)
                            .containsAll(names(described.stream().filter(Row::isEager))));
            assertThat(names(described.stream()))
                    .as("described metrics of %s", process)
                    .containsAll(metrics(process));
        }
    }

    @Test
    void theScenariosHaveMovedTheirCounters() {
        List<Row> moved = page.rows().stream()
                .filter(row -> scenarios.contains(row.movedBy()))
                .filter(row -> processes.containsAll(row.processes()))
                .toList();
        assertThat(moved).isNotEmpty();
        for (Row row : moved) {
            assertThat(row.processes().stream()
                            .mapToDouble(process -> count(process, row.metric()))
                            .sum())
                    .as(row.metric())
                    .isPositive();
        }
    }

    /** Of the processes of both kinds, which only a system with coordinators has. */
    @Test
    void theProcessesHaveWhatDashboardsAndAlertsAskFor() throws IOException {
        List<Selection> selections = MonitoringQueries.read().all();
        assertThat(selections).isNotEmpty();
        if (!hasCoordinators) {
            return;
        }
        await().atMost(TIMEOUT).untilAsserted(() -> {
            List<Sample> samples = processes.stream()
                    .map(client::prometheus)
                    .flatMap(Sample::in)
                    .toList();
            assertThat(selections).allMatch(selection -> samples.stream().anyMatch(selection::selects));
        });
    }

    /** So that each counter has either been moved here, or is an exception with its reason on the page. */
    @Test
    void thePageSaysWhatMovesEachCounterOfTheCoordinators() {
        for (Row row : page.rows()) {
            if (row.section().equals(MetricsPage.COORDINATORS) && hasCoordinators && row.isEager()) {
                assertThat(row.movedBy().isEmpty()).as(row.metric()).isEqualTo(!isCounter(row));
            }
        }
    }

    private static Set<String> names(Stream<Row> rows) {
        return rows.map(Row::metric).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> metrics(String process) {
        SystemClient.Reply reply = client.get(process, "/actuator/metrics");
        if (reply.status() == 404) {
            return Set.of();
        }
        assertThat(reply.status()).as("%s: %s", process, reply.body()).isEqualTo(200);
        return StreamSupport.stream(reply.body().path("names").spliterator(), false)
                .map(JsonNode::stringValue)
                .filter(name -> name.startsWith("orderly."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private double count(String process, String metric) {
        return counts(process, metric)
                .mapToDouble(each -> each.path("value").doubleValue())
                .sum();
    }

    private boolean isCounter(Row row) {
        return counts(row.processes().getFirst(), row.metric()).findAny().isPresent();
    }

    /** The measurements of a metric that count something; a gauge has none. */
    private Stream<JsonNode> counts(String process, String metric) {
        JsonNode measurements =
                client.getOk(process, "/actuator/metrics/" + metric).path("measurements");
        return StreamSupport.stream(measurements.spliterator(), false)
                .filter(each -> each.path("statistic").stringValue().equals("COUNT"));
    }
}
