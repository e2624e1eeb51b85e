package io.orderly.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.uuid.Generators;
import io.orderly.backends.SharedBackends;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.kit.testing.InMemorySettings;
import io.orderly.kit.testing.KafkaTap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Faults of a running service: their effect, their reporting, and the validation of requests. */
@SpringBootTest(
        classes = ChaosTestApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // a separate consumer group, because the service of another test may still run
        properties = "spring.application.name=chaos-awake-test")
@ActiveProfiles("chaos")
@Import(InMemorySettings.class)
@DirtiesContext
class ChaosIntegrationTest {

    private static final Map<String, String> BACKENDS = SharedBackends.springProperties("chaos_awake");

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    ChaosTestApplication.Effects effects;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock wallClock;

    @Autowired
    ApplicationContext context;

    @DynamicPropertySource
    static void backends(DynamicPropertyRegistry registry) {
        BACKENDS.forEach((name, value) -> registry.add(name, () -> value));
    }

    @AfterEach
    void removeAllFaults() throws Exception {
        assertThat(send("DELETE", "", "").statusCode()).isEqualTo(204);
        assertThat(faults()).isEmpty();
    }

    @Test
    void theCrashPointsOfTheServiceAreListed() throws Exception {
        assertThat(overview().get("crashPoints").valueStream().map(JsonNode::asString))
                .contains(
                        "after-commit-before-publish",
                        "after-publish-before-mark",
                        "before-batch-commit",
                        "after-batch-commit-before-acknowledgement");
        assertThat(context.getBean(CrashPoints.class)).isNotSameAs(CrashPoints.NONE);
    }

    /** The configured pass is never reached. */
    @Test
    void crashPointsArePassedWhileMessagesAreHandled() throws Exception {
        List<String> points = List.of(
                "before-batch-commit",
                "after-batch-commit-before-acknowledgement",
                "after-commit-before-publish",
                "after-publish-before-mark");
        for (String point : points) {
            send("PUT", "/" + point, "{\"fault\":\"crash\",\"point\":\"%s\",\"passing\":1000000}".formatted(point));
        }
        try (var kafka = new KafkaTap(BACKENDS.get("spring.kafka.bootstrap-servers"), List.of())) {
            kafka.send(new ReleaseInventory(
                    new OrderId(Generators.timeBasedEpochGenerator().generate())));
            for (String point : points) {
                await().atMost(Duration.ofSeconds(30)).until(() -> hits(point) > 0);
            }
        }
    }

    @Test
    void anActiveFaultIsShownInInfoAndMetrics() throws Exception {
        assertThat(send("PUT", "/slow", "{\"fault\":\"latency\",\"place\":\"LISTENER\",\"delayMillis\":1}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(get("/actuator/info")).contains("\"slow\"", "LISTENER");
        assertThat(get("/actuator/prometheus")).contains("orderly_faults_active{fault=\"latency\",id=\"slow\"} 1.0");

        assertThat(send("DELETE", "/slow", "").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", "/slow", "").statusCode()).isEqualTo(404);
        assertThat(get("/actuator/info")).doesNotContain("\"slow\"");
        assertThat(get("/actuator/prometheus")).doesNotContain("orderly_faults_active{");
    }

    @Test
    void anEffectHappensOnceDespiteDuplicatesAndErrors() throws Exception {
        try (var kafka = new KafkaTap(BACKENDS.get("spring.kafka.bootstrap-servers"), List.of())) {
            send("PUT", "/twice", "{\"fault\":\"duplicates\",\"share\":1}");
            send("PUT", "/errors", "{\"fault\":\"errors\",\"place\":\"LISTENER\",\"share\":0.5}");
            for (int i = 0; i < 20 || hits("twice") < 10 || hits("errors") < 1; i++) {
                OrderId order = new OrderId(Generators.timeBasedEpochGenerator().generate());
                kafka.send(new ReleaseInventory(order));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> !effects.of(order).isEmpty());
                assertThat(effects.of(order)).hasSize(1);
            }
        }
    }

    @Test
    void theClockCanBeSkewed() throws Exception {
        send("PUT", "/skew", "{\"fault\":\"clock-skew\",\"offsetMillis\":-3600000}");
        assertThat(wallClock.instant()).isBefore(Instant.now().minus(Duration.ofMinutes(59)));
        assertThat(Instant.parse(overview().get("time").asString()))
                .isBefore(Instant.now().minus(Duration.ofMinutes(59)));

        send("DELETE", "/skew", "");
        assertThat(wallClock.instant()).isAfter(Instant.now().minus(Duration.ofMinutes(1)));
    }

    @Test
    void activeFaultsHaveNoEffectWhileTheSwitchIsOff(@Autowired InMemorySettings settings) throws Exception {
        send("PUT", "/skew", "{\"fault\":\"clock-skew\",\"offsetMillis\":-3600000}");
        send("PUT", "/monkey", "{\"fault\":\"assault\",\"watcher\":\"REST_CONTROLLER\",\"level\":1}");
        settings.store("chaos.enabled", "false");
        try {
            assertThat(wallClock.instant()).isAfter(Instant.now().minus(Duration.ofMinutes(1)));
            assertThat(get("/dead-letters")).contains("deadLetters");
            assertThat(faults()).hasSize(2);
        } finally {
            settings.store("chaos.enabled", null);
        }
        assertThat(wallClock.instant()).isBefore(Instant.now().minus(Duration.ofMinutes(59)));
    }

    @Test
    void aSkewedClockDoesNotShortenRetention() throws Exception {
        UUID old = UUID.randomUUID();
        UUID recent = UUID.randomUUID();
        send("PUT", "/skew", "{\"fault\":\"clock-skew\",\"offsetMillis\":172800000}");

        jdbc.sql("insert into inbox values (?, now() - interval '25 hours'), (?, now())")
                .params(old, recent)
                .update();

        await().atMost(Duration.ofSeconds(30)).until(() -> !isInInbox(old));
        assertThat(isInInbox(recent)).isTrue();
    }

    private boolean isInInbox(UUID message) {
        return jdbc.sql("select exists (select from inbox where message_id = ?)")
                .param(message)
                .query(Boolean.class)
                .single();
    }

    @Test
    void theChaosMonkeyAttacksWhileItsFaultIsActive() throws Exception {
        assertThat(send("PUT", "/monkey", "{\"fault\":\"assault\",\"watcher\":\"REST_CONTROLLER\",\"level\":1}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.send(HttpRequest.newBuilder(uri("/dead-letters")).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(500);
        assertThat(send("POST", "", "{\"fault\":\"assault\",\"watcher\":\"COMPONENT\",\"level\":1}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(hits("monkey")).isPositive();

        assertThat(send("DELETE", "/monkey", "").statusCode()).isEqualTo(204);
        assertThat(get("/dead-letters")).contains("deadLetters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"fault":"crash","point":"nowhere"}                                    | point
                    {"fault":"crash"}                                                      | point
                    {"fault":"crash","point":"before-batch-commit","passing":0}            | passing
                    {"fault":"pause","point":"nowhere"}                                    | point
                    {"fault":"pause","point":"before-batch-commit","passing":0}            | passing
                    {"fault":"flood"}                                                      | fault
                    {"share":0.5}                                                          | fault
                    {"fault":"duplicates","share":1.5}                                     | share
                    {"fault":"duplicates","share":-0.1}                                    | share
                    {"fault":"duplicates","share":0.1,"lateMillis":-1}                     | lateMillis
                    {"fault":"delays","share":0.1,"delayMillis":0}                         | delayMillis
                    {"fault":"poison","share":0}                                           | share
                    {"fault":"latency","place":"MOON","delayMillis":5}                     | place
                    {"fault":"latency","place":"LISTENER","delayMillis":5,"jitterMillis":6}| jitterMillis
                    {"fault":"errors","place":"LISTENER","share":"many"}                   | share
                    {"fault":"errors","place":"LISTENER","share":0.5,"colour":"red"}       | colour
                    {"fault":"clock-skew","offsetMillis":0}                                | offsetMillis
                    {"fault":"assault","watcher":"COMPONENT","level":0}                    | level
                    """)
    void anInvalidFaultIsRejectedWithTheNameOfTheField(String body, String field) throws Exception {
        HttpResponse<String> answer = send("POST", "", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JsonMapper.shared()
                        .readTree(answer.body())
                        .get("errors")
                        .get(0)
                        .get("field")
                        .asString())
                .isEqualTo(field);
        assertThat(faults()).isEmpty();
    }

    private JsonNode overview() throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(get("/actuator/faults"));
    }

    private List<JsonNode> faults() throws IOException, InterruptedException {
        return overview().get("faults").valueStream().toList();
    }

    private long hits(String id) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(get("/actuator/faults/" + id))
                .get("hits")
                .asLong();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri("/actuator/faults" + path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
