package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Runs against a stub of the console with scripted responses. */
class LessonCommandTest {

    private static final String LESSON = """
            {"number": 2, "title": "Too late", "patterns": ["docs/patterns/saga.md"], "story": "A story.",
             "question": "What happens?", "choices": ["This.", "That."], "state": "%s", "prediction": null, "answer": %s,
             "steps": [{"say": "It breaks.", "looks": false, "state": "%s"}, {"say": "It holds.", "looks": true, "state": "%s"}],
             "orders": [{"name": "a", "id": "o-1"}], "explanation": %s, "problem": %s}""";

    private static final String NEW = LESSON.formatted("NEW", "null", "TO_COME", "TO_COME", "null", "null");
    private static final String RUNNING = LESSON.formatted("RUNNING", "null", "DONE", "NOW", "null", "null");
    private static final String HELD = LESSON.formatted(
            "HELD", "2", "DONE", "DONE", "\"After\\u0007 1.5 s " + "word ".repeat(40) + "end.\"", "null");
    private static final String FAILED =
            LESSON.formatted("FAILED", "2", "DONE", "FAILED", "null", "\"This did not happen.\"");

    private final StringWriter output = new StringWriter();
    private final List<String> failures = new ArrayList<>();
    private final List<String> started = new ArrayList<>();
    private final Deque<String> lessons = new ArrayDeque<>();
    private int statusOfPosts = 202;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/lessons", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                started.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                answer(
                        exchange,
                        statusOfPosts,
                        statusOfPosts < 300 ? RUNNING : "{\"detail\": \"A lesson is running.\"}");
            } else if (exchange.getRequestURI().getPath().equals("/api/lessons")) {
                answer(exchange, 200, "[{\"number\": 2, \"title\": \"Too late\", \"state\": \"NEW\"}]");
            } else {
                answer(exchange, 200, lessons.size() > 1 ? lessons.removeFirst() : lessons.getFirst());
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void listsTheLessons() {
        assertThat(run(null)).isZero();
        assertThat(output.toString()).isEqualTo(" 2  Too late%n".formatted());
    }

    @Test
    void asksForAPredictionUntilItIsOneAndShowsWhatHappens() {
        lessons.addAll(List.of(NEW, RUNNING, HELD));
        assertThat(run(new StringReader("3\nx\n 2\n"), "2")).isZero();
        assertThat(started).containsExactly("{\"prediction\":2}");
        assertThat(output.toString())
                .contains("Lesson 2: Too late", "A story.", "What happens?", "  1. This.", "  2. That.")
                .contains("  do  It breaks.", "  ok  It holds.", "You were right: That.", "After\\u0007 1.5 s")
                .contains("./run order o-1", "docs/patterns/saga.md");
        assertThat(output.toString().split("Your prediction")).hasSize(4);
        assertThat(output.toString().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void saysWhatTheAnswerWas() {
        lessons.addAll(List.of(NEW, HELD));
        run(new StringReader("1\n"), "2");
        assertThat(output.toString()).contains("It was: That.");
    }

    @Test
    void goesOnWithoutAPredictionIfNobodyCanAnswer() {
        lessons.addAll(List.of(NEW, HELD));
        assertThat(run(null, "2")).isZero();
        lessons.addFirst(NEW);
        assertThat(run(new StringReader("1\n"), "2", "--yes")).isZero();
        lessons.addFirst(NEW);
        assertThat(run(new StringReader(""), "2")).isZero();
        assertThat(started).hasSize(3).containsOnly("{\"prediction\":null}");
        assertThat(output.toString()).doesNotContain("You were right", "It was");
    }

    @Test
    void failsIfTheLessonDoes() {
        lessons.addAll(List.of(NEW, FAILED));
        assertThat(run(null, "2")).isEqualTo(1);
        assertThat(output.toString()).contains("  not It holds.", "This did not happen.");
    }

    @Test
    void reportsARefusalAndAConsoleThatIsAway() {
        lessons.add(NEW);
        statusOfPosts = 409;
        assertThat(run(null, "2")).isEqualTo(1);
        server.stop(0);
        assertThat(run(null)).isEqualTo(1);
        assertThat(failures.getFirst()).isEqualTo("the console refuses with 409: A lesson is running.");
        assertThat(failures.getLast()).contains("does not respond");
    }

    private int run(@Nullable Reader terminal, String... arguments) {
        CommandLine commandLine = new CommandLine(new LessonCommand(terminal))
                .setOut(new PrintWriter(output, true))
                .setExecutionExceptionHandler((failure, _, _) -> {
                    failures.add(failure.getMessage());
                    return 1;
                });
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--console-port=" + server.getAddress().getPort());
        return commandLine.execute(all.toArray(String[]::new));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
