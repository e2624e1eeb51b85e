package io.orderly.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lessons by the HTTP interface of the console, on a stub of the system that faults affect. */
class LessonsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String DEADLINE = "saga.deadline.charge-payment";

    private LivingSystem system;
    private TestConsole console;

    @BeforeEach
    void start() throws IOException {
        system = new LivingSystem();
        long begin = System.currentTimeMillis();
        // lessons wait a quarter of their time
        InstantSource fast = () -> Instant.ofEpochMilli(begin + 4 * (System.currentTimeMillis() - begin));
        console = new TestConsole(
                fast,
                system.url(),
                0,
                "--orderly.console.faults=" + system.url(),
                "--orderly.console.coordinators=" + system.coordinators());
        system.sendTo(console);
    }

    @AfterEach
    void stop() {
        console.close();
        system.close();
    }

    @Test
    @Tag("slow")
    void eachLessonShowsWhatItExplains() throws Exception {
        for (JsonNode listed :
                JsonMapper.shared().readTree(send("GET", "/api/lessons", "").body())) {
            int number = listed.path("number").asInt();
            assertThat(start(number, "2").statusCode()).isEqualTo(202);
            JsonNode end = awaitEnd(number);

            assertThat(end.path("state").asString()).as(end.toPrettyString()).isEqualTo("HELD");
            assertThat(end.path("explanation").asString())
                    .as("all placeholders are filled")
                    .doesNotContain("?", "{");
            assertThat(end.path("steps").values())
                    .extracting(step -> step.path("state").asString())
                    .containsOnly("DONE");
            assertThat(system.faults()).as("faults after lesson %d", number).isEmpty();
            assertThat(system.settings()).as("settings after lesson %d", number).isEmpty();
        }
    }

    @Test
    void aLessonThatIsStoppedEndsItsFaultsAndPutsItsSettingBack() throws Exception {
        system.store(DEADLINE, "45s");
        assertThat(start(2, "null").statusCode()).isEqualTo(202);
        await().atMost(TIMEOUT).until(() -> !system.faults().isEmpty());
        assertThat(system.settings()).containsEntry(DEADLINE, "3s");
        HttpResponse<String> other = start(3, "1");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("A lesson is running");

        assertThat(send("DELETE", "/api/lessons/2", "").statusCode()).isEqualTo(202);
        JsonNode end = awaitEnd(2);
        assertThat(end.path("state").asString()).isEqualTo("STOPPED");
        assertThat(end.path("explanation").isNull()).isTrue();
        assertThat(system.faults()).isEmpty();
        assertThat(system.settings()).containsEntry(DEADLINE, "45s");
        assertThat(start(3, "1").statusCode()).isEqualTo(202);
    }

    @Test
    void aConsoleThatStopsEndsTheLesson() throws Exception {
        start(1, "1");
        await().atMost(TIMEOUT).until(() -> !system.faults().isEmpty());
        console.close();
        assertThat(system.faults()).isEmpty();
    }

    @Test
    void hidesTheAnswerUntilTheEnd() throws Exception {
        JsonNode before = lesson(3);
        assertThat(before.path("state").asString()).isEqualTo("NEW");
        assertThat(before.path("answer").isNull()).isTrue();
        assertThat(before.path("patterns").values())
                .extracting(JsonNode::asString)
                .containsExactly("docs/patterns/idempotent-receiver.md");
        start(3, "1");
        JsonNode end = awaitEnd(3);
        assertThat(end.path("prediction").asInt()).isEqualTo(1);
        assertThat(end.path("answer").asInt()).isEqualTo(3);
        assertThat(send("GET", "/api/lessons", "").body()).contains("\"state\":\"HELD\"");
    }

    @Test
    void refusesWhatIsNoLessonAndNoPrediction() throws Exception {
        assertThat(start(0, "1").statusCode()).isEqualTo(404);
        assertThat(start(11, "1").statusCode()).isEqualTo(404);
        assertThat(start(3, "4").statusCode()).isEqualTo(400);
        assertThat(start(3, "0").statusCode()).isEqualTo(400);
        assertThat(start(3, "\"one\"").statusCode()).isEqualTo(400);
        assertThat(send("DELETE", "/api/lessons/11", "").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/api/lessons/x", "").statusCode()).isEqualTo(400);
    }

    @Test
    void withoutFaultInjectionALessonThatNeedsNoneRuns() throws Exception {
        console.close();
        console = new TestConsole(system.url(), 0);
        system.sendTo(console);
        HttpResponse<String> refused = start(1, "1");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("without --faults");
        start(3, "1");
        assertThat(awaitEnd(3).path("state").asString()).isEqualTo("HELD");
    }

    private JsonNode awaitEnd(int number) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> lesson(number),
                        lesson -> !lesson.path("state").asString().equals("RUNNING"));
    }

    private JsonNode lesson(int number) throws Exception {
        return JsonMapper.shared()
                .readTree(send("GET", "/api/lessons/" + number, "").body());
    }

    private HttpResponse<String> start(int number, String prediction) throws Exception {
        return send("POST", "/api/lessons/" + number, "{\"prediction\":%s}".formatted(prediction));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(console.url() + path))
                        .header("Content-Type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
