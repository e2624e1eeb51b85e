package io.orderly.coordinator.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs each scenario on etcd and on the coordinator, and compares what was observed.
 *
 * <p>By default one member of each and the short scenarios; with {@code -Dcompatibility=full} clusters of three members and all
 * scenarios, through each member in turn. With {@code -Dcompatibility.second=etcd} etcd is compared with itself, which shows whether
 * the scenarios themselves are deterministic.
 */
class CompatibilityIntegrationTest {

    private static final boolean FULL = "full".equals(System.getProperty("compatibility"));
    private static final int SIZE = FULL ? 3 : 1;

    @TempDir
    private static Path folder;

    private static List<Cluster> clusters = List.of();
    private static Differences differences;
    private static String nodeIsMissing = "";

    @BeforeAll
    static void start() throws Exception {
        for (String server : List.of("etcd", "here")) {
            Files.deleteIfExists(Path.of("target", "observations", server + ".txt"));
        }
        assumeTrue(EtcdCluster.isInstalled(), EtcdCluster.MISSING);
        differences = Differences.listedIn(
                Clusters.ETCD_TWICE
                        ? Files.createTempFile(folder, "none", ".md")
                        : Path.of("../docs/etcd-compatibility.md"));
        CompletableFuture<String> installation =
                CompletableFuture.supplyAsync(() -> value(NodeScenarios::install), Thread::startVirtualThread);
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        clusters = inParallel(() -> Clusters.first(SIZE, first), () -> Clusters.second(SIZE, second));
        nodeIsMissing = installation.join();
    }

    @AfterAll
    static void stop() {
        clusters.forEach(Cluster::close);
    }

    @TestFactory
    Stream<DynamicContainer> observationsAreEqual() {
        return IntStream.range(0, SIZE)
                .mapToObj(member -> DynamicContainer.dynamicContainer(
                        "through member " + (member + 1),
                        scenarios()
                                .map(scenario ->
                                        DynamicTest.dynamicTest(scenario.name(), () -> compare(scenario, member)))));
    }

    @Test
    void everyListedDifferenceBelongsToAScenario() {
        assertThat(differences.withoutScenario(Scenarios.all())).isEmpty();
    }

    private static Stream<Scenario> scenarios() {
        return Scenarios.all().stream().filter(scenario -> FULL || scenario.length() == Scenario.Length.SHORT);
    }

    private static void compare(Scenario scenario, int member) throws IOException {
        assumeTrue(!scenario.name().startsWith("etcd3/") || nodeIsMissing.isEmpty(), nodeIsMissing);
        List<Map<String, String>> observations = inParallel(
                () -> observe(scenario, clusters.getFirst(), member),
                () -> observe(scenario, clusters.getLast(), member));

        keep("etcd", scenario, observations.getFirst());
        keep("here", scenario, observations.getLast());
        assertThat(observations.getFirst()).isNotEmpty();
        assertThat(differences.unexpected(scenario.name(), observations.getFirst(), observations.getLast()))
                .isEmpty();
    }

    private static Map<String, String> observe(Scenario scenario, Cluster cluster, int member) throws Exception {
        Path files = Files.createTempDirectory(folder, "files");
        String prefix = FULL ? scenario.name() + '/' + (member + 1) : scenario.name();
        try (Run run = new Run(prefix, cluster, cluster.ports().get(member), files)) {
            scenario.body().run(run);
            return run.observations();
        }
    }

    /** Writes all observations of a scenario to a file, for a comparison by hand. */
    private static void keep(String server, Scenario scenario, Map<String, String> observations) throws IOException {
        Path file = Path.of("target", "observations", server + ".txt");
        Files.createDirectories(file.getParent());
        for (Map.Entry<String, String> step : observations.entrySet()) {
            String line = "%s: %s%n    %s%n".formatted(scenario.name(), step.getKey(), step.getValue());
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static <T> List<T> inParallel(Callable<T> first, Callable<T> second) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<T> started = CompletableFuture.supplyAsync(() -> value(first), threads);
            CompletableFuture<T> other = CompletableFuture.supplyAsync(() -> value(second), threads);
            return List.of(started.join(), other.join());
        }
    }

    private static <T> T value(Callable<T> task) {
        try {
            return task.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
