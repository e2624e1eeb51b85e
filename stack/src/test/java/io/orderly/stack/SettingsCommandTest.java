package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Runs against a stub of the services' actuator with scripted responses. */
class SettingsCommandTest {

    private static final int USAGE = 2;
    private static final String NAME = "saga.deadline.charge-payment";

    private static final String SETTINGS = """
            {"settings": [
              {"name": "http.max-concurrent-requests", "value": "100", "source": "CONFIGURED", "revision": 0,
               "configured": "100", "range": "1 to 100000", "description": "Further requests get a 503."},
              {"name": "saga.deadline.charge-payment", "value": "30s", "source": "STORED", "revision": 17,
               "configured": "1m", "range": "100ms to 24h", "description": "A shorter deadline rejects more orders.",
               "invalid": {"revision": 18, "reason": "'soon' is not valid"}}]}""";

    private static final String HISTORY = """
            {"history": [{"at": "2026-11-30T06:00:00Z", "by": "a\\u0007da", "from": "", "to": "30s"}]}""";

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final List<String> failures = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private int statusOfPosts = 200;
    private String answerToPosts = "{\"revision\": 19}";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/settings", exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, statusOfPosts, answerToPosts);
            } else {
                answer(exchange, 200, path.endsWith(NAME) ? HISTORY : SETTINGS);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void listsValueOriginAndRangeOfEachSettingAndShowsThatAnInvalidValueIsIgnored() {
        assertThat(run("list", allPorts())).isZero();
        assertThat(output.toString())
                .contains("order-service", "inventory-service", "payment-service", "shipping-service")
                .contains("http.max-concurrent-requests     100 (configured; allowed: 1 to 100000)")
                .contains("30s (revision 17 instead of the configured 1m; allowed: 100ms to 24h); "
                        + "IGNORED: 'soon' is not valid");
    }

    @Test
    void listsTheOtherServicesIfOneIsDown() {
        int port = server.getAddress().getPort();
        assertThat(run(
                        "list",
                        Stream.of(
                                "--order-port=1",
                                "--inventory-port=" + port,
                                "--payment-port=" + port,
                                "--shipping-port=" + port)))
                .isEqualTo(1);
        assertThat(output.toString())
                .contains("the order-service at http://127.0.0.1:1 does not respond")
                .contains("http.max-concurrent-requests");
    }

    @Test
    void showsTheConsequenceAndTheChangesOfASettingOnLinesOfPrintableText() {
        assertThat(run("get", Stream.concat(Stream.of(NAME), allPorts()))).isZero();
        assertThat(output.toString())
                .contains("order-service: 30s (revision 17", "A shorter deadline rejects more orders.")
                .contains("2026-11-30T06:00:00Z by a\\u0007da: (configured) -> 30s");
    }

    @Test
    void reportsASettingThatNoServiceHas() {
        assertThat(run("get", Stream.concat(Stream.of("unknown"), allPorts()))).isEqualTo(1);
        assertThat(failures).containsExactly("no service has a setting 'unknown'; ./run settings list shows all");
    }

    @Test
    void storesAValueWithItsAuthorAndTheExpectedRevision() {
        assertThat(run(
                        "set",
                        Stream.concat(
                                Stream.of("order-service", NAME, "30s", "--by=ada", "--revision=17"), allPorts())))
                .isZero();
        assertThat(requests.getLast()).contains("\"value\":\"30s\"", "\"by\":\"ada\"", "\"revision\":\"17\"");
        assertThat(output.toString()).contains(NAME + " of the order-service is 30s from revision 19 on.");
    }

    @Test
    void deletesAValueAndIsTheUserByDefault() {
        assertThat(run("reset", Stream.concat(Stream.of("order-service", NAME), allPorts())))
                .isZero();
        assertThat(requests.getLast())
                .contains("\"by\":\"" + System.getProperty("user.name") + "\"")
                .doesNotContain("value", "revision");
        assertThat(output.toString()).contains("has its configured value from revision 19 on");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "404 | there is no setting x       | 404: there is no setting x; ./run settings list shows its settings",
                "409 | the value was changed       | 409: the value was changed; ./run settings get shows the present value and its revision",
                "422 | '2d' is not valid           | 422: '2d' is not valid",
                "503 | no member answered          | 503: no member answered"
            })
    void reportsWhyAChangeIsRefused(int status, String refused, String message) {
        statusOfPosts = status;
        answerToPosts = "{\"refused\": \"%s\"}".formatted(refused);
        assertThat(run("set", Stream.concat(Stream.of("order-service", NAME, "2d"), allPorts())))
                .isEqualTo(1);
        assertThat(failures).containsExactly("the order-service refuses with " + message);
    }

    @Test
    void reportsAServerThatIsNoService() {
        answerToPosts = "<html>";
        assertThat(run("set", Stream.concat(Stream.of("order-service", NAME, "30s"), allPorts())))
                .isEqualTo(1);
        assertThat(failures).singleElement().asString().contains("did not respond like the order-service");
    }

    @Test
    void reportsAServiceThatDoesNotExistAndOneThatIsDown() {
        assertThat(run("set", Stream.of("order", NAME, "30s"))).isEqualTo(1);
        assertThat(run("set", Stream.of("order-service", NAME, "30s", "--order-port=1")))
                .isEqualTo(1);
        assertThat(failures.getFirst()).startsWith("there is no service 'order'; the services are order-service");
        assertThat(failures.getLast()).startsWith("the order-service at http://127.0.0.1:1 does not respond");
    }

    @Test
    void requiresASubcommandAndItsArguments() {
        assertThat(run("set", Stream.of("order-service"))).isEqualTo(USAGE);
        assertThat(errors.toString()).contains("Missing required parameters: '<name>', '<value>'");
    }

    private Stream<String> allPorts() {
        return Stream.of("order", "inventory", "payment", "shipping")
                .map(service ->
                        "--%s-port=%d".formatted(service, server.getAddress().getPort()));
    }

    private int run(String subcommand, Stream<String> arguments) {
        CommandLine commandLine = new CommandLine(new SettingsCommand())
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .setExecutionExceptionHandler((failure, _, _) -> {
                    failures.add(failure.getMessage());
                    return 1;
                });
        return commandLine.execute(
                Stream.concat(Stream.of(subcommand), arguments).toArray(String[]::new));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
