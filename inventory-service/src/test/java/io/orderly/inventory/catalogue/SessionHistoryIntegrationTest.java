package io.orderly.inventory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.Database;
import io.orderly.backends.EmbeddedKafka;
import io.orderly.backends.FreePort;
import io.orderly.backends.SharedBackends;
import io.orderly.backends.process.LeashedProcess;
import io.orderly.inventory.InventoryServiceApplication;
import io.orderly.kit.testing.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Users read and change the prices of few products at two instances, each a process with products in memory, one of which is killed
 * and started again while they send their tokens. A user's read goes back in time if its version is lower than one that the same user has seen before.
 */
@Tag("slow")
class SessionHistoryIntegrationTest {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final List<String> SKUS = List.of("AUD-001", "AUD-002", "AUD-003");
    private static final int USERS = 4;
    private static final int OPERATIONS = 400;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SESSION = "Orderly-Session";

    @TempDir
    private Path folder;

    private final List<Integer> ports = List.of(FreePort.find(), FreePort.find());
    private final Map<Integer, LeashedProcess> processes = new HashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger operations = new AtomicInteger();
    private Database database;
    private EmbeddedKafka broker;

    @BeforeEach
    void start() {
        database = SharedBackends.freshDatabase("session_history");
        broker = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        ports.forEach(port -> processes.put(port, instance(port)));
        ports.forEach(this::awaitMemory);
    }

    @AfterEach
    void stop() {
        processes.values().forEach(LeashedProcess::kill);
        client.close();
        broker.close();
    }

    @Test
    void readsGoBackInTimeWithoutTokensAndNeverWithThem() throws Exception {
        long seed = System.nanoTime();
        System.out.println("Seed " + seed);
        List<String> without = run(seed, false);
        List<String> with = run(seed, true);

        System.out.printf(
                "Reads that went back in time: %d without tokens, %d with them%n", without.size(), with.size());
        assertThat(without).as("seed " + seed).isNotEmpty();
        assertThat(with).as("seed " + seed).isEmpty();
    }

    /** Runs all users; if they send their tokens, kills an instance meanwhile and starts it again. */
    private List<String> run(long seed, boolean tokens) throws Exception {
        List<String> anomalies = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> users = IntStream.range(0, USERS)
                    .mapToObj(user -> threads.submit(() -> use(new Random(seed + user), tokens)))
                    .toList();
            if (tokens) {
                int killed = ports.get(new Random(seed).nextInt(ports.size()));
                Awaitility.await().atMost(LONG).until(() -> operations.get() > USERS * OPERATIONS / 4);
                processes.get(killed).kill();
                processes.put(killed, instance(killed));
            }
            for (Future<List<String>> user : users) {
                anomalies.addAll(user.get(2 * LONG.toSeconds(), TimeUnit.SECONDS));
            }
            operations.set(0);
            ports.forEach(this::awaitMemory);
        }
        return anomalies;
    }

    /** @return the reads that went back in time */
    private List<String> use(Random random, boolean tokens) {
        Map<String, Long> seen = new HashMap<>();
        List<String> anomalies = new ArrayList<>();
        String token = null;
        long began = System.nanoTime();
        for (int done = 0; done < OPERATIONS; ) {
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
            String sku = SKUS.get(random.nextInt(SKUS.size()));
            String body = random.nextInt(5) == 0
                    ? "{\"amount\":\"%d.%02d\",\"currency\":\"EUR\"}"
                            .formatted(1 + random.nextInt(100), random.nextInt(100))
                    : null;
            int port = ports.get(random.nextInt(ports.size()));
            HttpResponse<String> response = send(port, sku, body, tokens ? token : null);
            if (response == null || response.statusCode() == 503) {
                continue;
            }
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            done++;
            operations.incrementAndGet();
            token = response.headers().firstValue(SESSION).orElseThrow();
            long version = JSON.readTree(response.body()).get("version").asLong();
            if (version < seen.getOrDefault(sku, 0L)) {
                anomalies.add("%s: %d after %d".formatted(sku, version, seen.get(sku)));
            }
            seen.merge(sku, version, Math::max);
        }
        return anomalies;
    }

    /** @return null if there was no response */
    private @Nullable HttpResponse<String> send(
            int port, String sku, @Nullable String newPrice, @Nullable String token) {
        String path = newPrice == null ? "/products/" + sku : "/products/" + sku + "/price";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(10));
        if (newPrice != null) {
            request.header("Content-Type", "application/json").PUT(BodyPublishers.ofString(newPrice));
        }
        if (token != null) {
            request.header(SESSION, token);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException _) {
            return null;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until an instance answers from memory. */
    private void awaitMemory(int port) {
        Awaitility.await()
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> {
                    SKUS.forEach(sku -> send(port, sku, null, null));
                    String hits = get(port, "/actuator/metrics/orderly.product-cache.reads?tag=result:hit");
                    return JSON.readTree(hits).at("/measurements/0/value").asDouble() > 0;
                });
    }

    private String get(int port, String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private LeashedProcess instance(int port) {
        return ServiceProcess.start(
                InventoryServiceApplication.class,
                folder,
                "instance-" + port,
                database,
                broker,
                Map.of(
                        "SERVER_PORT",
                        Integer.toString(port),
                        // changes are announced late, so that reads without tokens go back in time also on a fast
                        // machine
                        "SPRING_KAFKA_CONSUMER_FETCHMINSIZE",
                        "1MB",
                        "SPRING_KAFKA_CONSUMER_FETCHMAXWAIT",
                        "500ms"));
    }
}
