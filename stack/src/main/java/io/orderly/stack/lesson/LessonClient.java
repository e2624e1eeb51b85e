package io.orderly.stack.lesson;

import io.orderly.contracts.Printable;
import io.orderly.stack.process.ProcessFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the lessons of the console. All methods throw a {@link ProcessFailure} if the console does not answer, or refuses. */
public final class LessonClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_LINE_LENGTH = 500;
    private static final int MAX_SUCCESS = 299;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI console;

    /** @param console its base URL */
    public LessonClient(URI console) {
        this.console = console;
    }

    /** The lessons, one line each. */
    public List<String> list() throws InterruptedException {
        return read(HttpRequest.newBuilder(console.resolve("/api/lessons")))
                .valueStream()
                .map(lesson -> "%2d  %s"
                        .formatted(
                                lesson.path("number").asInt(0),
                                Printable.of(lesson.path("title").asString(""), MAX_LINE_LENGTH)))
                .toList();
    }

    public LessonState lesson(int number) throws InterruptedException {
        return lesson(HttpRequest.newBuilder(url(number)));
    }

    /** @param prediction the number of a choice, from 1; null for none */
    public LessonState start(int number, @Nullable Integer prediction) throws InterruptedException {
        Map<String, @Nullable Integer> body = new HashMap<>();
        body.put("prediction", prediction);
        return lesson(HttpRequest.newBuilder(url(number))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    /** Ends the run of a lesson, if it runs. */
    public void stop(int number) throws InterruptedException {
        send(HttpRequest.newBuilder(url(number)).DELETE());
    }

    private URI url(int number) {
        return console.resolve("/api/lessons/" + number);
    }

    private LessonState lesson(HttpRequest.Builder request) throws InterruptedException {
        JsonNode answer = read(request);
        try {
            return JSON.treeToValue(answer, LessonState.class);
        } catch (JacksonException e) {
            throw new ProcessFailure(console + " did not respond like the console", e);
        }
    }

    private JsonNode read(HttpRequest.Builder request) throws InterruptedException {
        return body(send(request));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = http.send(
                    request.header("Accept", "application/json")
                            .timeout(TIMEOUT)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ProcessFailure("the console at %s does not respond: %s".formatted(console, e), e);
        }
        if (response.statusCode() > MAX_SUCCESS) {
            throw new ProcessFailure("the console refuses with %d: %s"
                    .formatted(
                            response.statusCode(),
                            Printable.of(body(response).path("detail").asString(""), MAX_LINE_LENGTH)));
        }
        return response;
    }

    private JsonNode body(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new ProcessFailure(
                    "%s did not respond like the console, but with %d".formatted(console, response.statusCode()), e);
        }
    }
}
