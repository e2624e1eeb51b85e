package io.orderly.lab.fault.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjectionException;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.InjectedFault;
import io.orderly.lab.fault.ProxiedLinks;
import io.orderly.stack.link.Link;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFolder;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ControlServerTest {

    private static final Link LINK = new Link("here", "there");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private ServerSocket target;
    private HttpServer withoutFaults;
    private Supervisor supervisor;
    private ManagedProcess process;
    private ProxiedLinks links;
    private int linkPort;
    private FaultInjector faults;
    private ControlServer control;

    @BeforeEach
    void start() throws IOException {
        target = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::echo);
        withoutFaults = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        withoutFaults.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        withoutFaults.start();
        var plan = new ProcessPlan(
                "sleeper",
                List.of(),
                withoutFaults.getAddress().getPort(),
                "--port",
                () -> List.of("sleep", "600"),
                Map.of(),
                StopSignal.TERM,
                () -> true,
                () -> {});
        supervisor = new Supervisor(List.of(plan), ProcessFolder.under(folder), new Supervisor.Listener() {
            @Override
            public void ready(ManagedProcess ready, Duration sinceStart) {}

            @Override
            public void died(ManagedProcess dead, String explanation) {}
        });
        supervisor.start(Duration.ofSeconds(30));
        process = supervisor.process("sleeper");
        links = new ProxiedLinks(1);
        linkPort = links.portOf(LINK, target.getLocalPort());
        faults = new FaultInjector(supervisor.processes(), links, _ -> folder);
        control = ControlServer.start(0, faults);
    }

    @AfterEach
    void stop() throws IOException {
        control.close();
        faults.close();
        supervisor.stop();
        links.close();
        withoutFaults.stop(0);
        target.close();
    }

    @Test
    void listsProcessesLinksAndActiveFaults() throws Exception {
        assertThat(send("PUT", "/faults/far", "{\"fault\":\"latency\",\"link\":\"here->there\",\"delayMillis\":5}")
                        .statusCode())
                .isEqualTo(200);

        JsonNode overview =
                JsonMapper.shared().readTree(send("GET", "/faults", "").body());

        assertThat(overview.get("processes").get(0).asString()).isEqualTo("sleeper");
        assertThat(overview.get("links").get(0).asString()).isEqualTo("here->there");
        assertThat(overview.get("faults").get(0).get("id").asString()).isEqualTo("far");
        assertThat(overview.get("faults").get(0).get("fault").get("fault").asString())
                .isEqualTo("latency");
        assertThat(overview.get("faults").get(0).get("effect").get("tookEffect").asBoolean())
                .isFalse();
    }

    @Test
    void aLinkFaultReportsItsEffectOnceDataIsTransferred() throws Exception {
        JsonNode cut = JsonMapper.shared()
                .readTree(send("POST", "/faults", "{\"fault\":\"cut\",\"link\":\"here->there\",\"direction\":\"DOWN\"}")
                        .body());
        String id = cut.get("id").asString();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), linkPort)) {
            socket.getOutputStream().write(1);
            await().until(() -> faults.find(id).orElseThrow().verifyTookEffect().tookEffect());

            InjectedFault injected = faults.find(id).orElseThrow();
            assertThat(send("DELETE", "/faults/" + id, "").statusCode()).isEqualTo(204);
            assertThat(socket.getInputStream().read()).isEqualTo(1);
            assertThat(injected.verifyTookEffect().tookEffect()).isTrue();
        }
        assertThat(send("DELETE", "/faults/" + id, "").statusCode()).isEqualTo(404);
    }

    @Test
    void aFaultForSomeSecondsEndsByItself() throws Exception {
        JsonNode view = JsonMapper.shared()
                .readTree(send("PUT", "/faults/short?seconds=2", "{\"fault\":\"pause\",\"process\":\"sleeper\"}")
                        .body());
        assertThat(Instant.parse(view.get("until").asString()))
                .isEqualTo(Instant.parse(view.get("since").asString()).plusSeconds(2));
        assertThat(view.at("/effect/tookEffect").asBoolean()).isTrue();

        await().until(() -> faults.active().isEmpty());
        await().until(() -> !state().equals("T"));
        assertThat(send("GET", "/faults/short", "").statusCode()).isEqualTo(404);
    }

    @Test
    void theEndOfAFaultDoesNotEndOneThatReplacedIt() throws Exception {
        String pause = "{\"fault\":\"pause\",\"process\":\"sleeper\"}";
        assertThat(send("PUT", "/faults/same?seconds=1", pause).statusCode()).isEqualTo(200);
        assertThat(send("PUT", "/faults/same", "{\"fault\":\"refuse\",\"link\":\"here->there\"}")
                        .body())
                .contains("\"until\":null");
        // ends after the first one would have
        assertThat(send("PUT", "/faults/later?seconds=2", pause).statusCode()).isEqualTo(200);
        await().until(() -> faults.find("later").isEmpty());

        assertThat(faults.find("same")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"seconds=0", "seconds=-1", "seconds=3601", "seconds=99999", "seconds=1.5", "seconds=", "for=5"})
    void rejectsAnEndThatIsNotValid(String query) throws Exception {
        HttpResponse<String> answer =
                send("POST", "/faults?" + query, "{\"fault\":\"refuse\",\"link\":\"here->there\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"seconds\"");
        assertThat(faults.active()).isEmpty();
    }

    @Test
    void refusesRequestsOfWebPages() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + control.port() + "/faults"))
                        .header("Origin", "http://example.org")
                        .POST(BodyPublishers.ofString("{\"fault\":\"pause\",\"process\":\"sleeper\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(faults.active()).isEmpty();
    }

    @Test
    void listsTheCrashPointsOfAService() throws Exception {
        assertThat(send("GET", "/crash-points/missing", "").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/crash-points/sleeper", "").statusCode()).isEqualTo(400);
        withoutFaults.createContext("/actuator/faults", exchange -> {
            byte[] body = "{\"crashPoints\":[\"b\",\"a\"]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        assertThat(send("GET", "/crash-points/sleeper", "").body()).isEqualTo("{\"crashPoints\":[\"a\",\"b\"]}");
    }

    @Test
    void faultsOfALinkAreCombinedAndHealedIndividually() throws Exception {
        InjectedFault first = faults.inject(new Fault.Latency(LINK.name(), null, 20, null));
        InjectedFault second = faults.inject(new Fault.Latency(LINK.name(), null, 20, null));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), linkPort)) {
            assertThat(roundTrip(socket)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
            first.heal();
            assertThat(roundTrip(socket)).isGreaterThanOrEqualTo(Duration.ofMillis(40));
            second.heal();
            assertThat(second.verifyTookEffect().tookEffect()).isTrue();
        }
        assertThat(faults.active()).isEmpty();
    }

    @Test
    void refusesAndResetsConnections() throws Exception {
        InjectedFault refuse = faults.inject(new Fault.Refuse(LINK.name()));
        assertThat(refuse.verifyTookEffect().tookEffect()).isTrue();
        refuse.heal();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), linkPort)) {
            roundTrip(socket);
            InjectedFault reset = faults.inject(new Fault.Reset(LINK.name()));
            assertThatThrownBy(() -> {
                        if (socket.getInputStream().read() < 0) {
                            throw new AssertionError("closed without a reset");
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(reset.verifyTookEffect().tookEffect()).isTrue();
        }
    }

    @Test
    void killsAndRestartsAProcess() throws Exception {
        long pid = process.pid().orElseThrow();
        InjectedFault kill = faults.inject(new Fault.Kill("sleeper"));

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(kill.verifyTookEffect().tookEffect()).isTrue();
        assertThatThrownBy(() -> faults.inject(new Fault.Pause("sleeper")))
                .isInstanceOf(FaultInjectionException.class)
                .hasMessageContaining("is not running");

        kill.heal();
        assertThat(process.pid()).isPresent();
    }

    @Test
    void aServiceMayCrashBeforeItResponds() {
        withoutFaults.createContext("/actuator/faults/sudden", exchange -> {
            ProcessHandle.of(process.pid().orElseThrow()).ifPresent(ProcessHandle::destroyForcibly);
            exchange.close();
        });

        InjectedFault crash = faults.inject("sudden", new Fault.Crash("sleeper", "here", 1));

        assertThat(crash.verifyTookEffect().tookEffect()).isTrue();
        crash.heal();
        assertThat(process.pid()).isPresent();
    }

    @Test
    void aRunningServiceThatDoesNotRespondIsAFailureAndNotACrash() {
        withoutFaults.createContext("/actuator/faults/mute", exchange -> exchange.close());

        assertThatThrownBy(() -> faults.inject("mute", new Fault.Crash("sleeper", "here", 1)))
                .isInstanceOf(FaultInjectionException.class)
                .hasMessageContaining("does not respond");
        assertThat(faults.active()).isEmpty();
    }

    @Test
    void suspendsAndResumesAProcess() throws Exception {
        InjectedFault pause = faults.inject(new Fault.Pause("sleeper"));
        assertThat(pause.verifyTookEffect().tookEffect()).isTrue();
        assertThat(state()).isEqualTo("T");

        faults.healAll();

        await().until(() -> !state().equals("T"));
    }

    @Test
    void restartsAProcess() {
        long pid = process.pid().orElseThrow();

        InjectedFault restart = faults.inject(new Fault.Restart("sleeper"));

        assertThat(process.pid().orElseThrow()).isNotEqualTo(pid);
        assertThat(restart.verifyTookEffect().tookEffect()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"fault":"flood"}                                                           | fault
                    {"link":"here->there"}                                                      | fault
                    {"fault":"cut"}                                                             | link
                    {"fault":"cut","link":"here->nowhere"}                                      | link
                    {"fault":"cut","link":"nonsense"}                                           | link
                    {"fault":"cut","link":"here->there","direction":"SIDEWAYS"}                 | direction
                    {"fault":"cut","link":"here->there","colour":"red"}                         | colour
                    {"fault":"latency","link":"here->there"}                                    | delayMillis
                    {"fault":"latency","link":"here->there","delayMillis":-5}                   | delayMillis
                    {"fault":"latency","link":"here->there","delayMillis":"long"}               | delayMillis
                    {"fault":"latency","link":"here->there","delayMillis":5,"jitterMillis":6}   | jitterMillis
                    {"fault":"loss","link":"here->there","share":1}                             | share
                    {"fault":"slow","link":"here->there","bytesPerSecond":0}                    | bytesPerSecond
                    {"fault":"kill","process":"missing"}                                         | process
                    {"fault":"crash","service":"missing","point":"here"}                         | service
                    {"fault":"crash","service":"sleeper","point":"here","passing":0}            | passing
                    {"fault":"crash","service":"sleeper","point":"here"}                        | service
                    """)
    void rejectsAnInvalidFaultAndNamesTheField(String body, String field) throws Exception {
        HttpResponse<String> answer = send("POST", "/faults", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(JsonMapper.shared()
                        .readTree(answer.body())
                        .get("errors")
                        .get(0)
                        .get("field")
                        .asString())
                .isEqualTo(field);
        assertThat(faults.active()).isEmpty();
    }

    @Test
    void rejectsRequestsThatAreNotFaults() throws Exception {
        for (String body : new String[] {"", "[]", "{\"fault\":", "\"cut\"", "{} {}"}) {
            assertThat(send("POST", "/faults", body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(send("POST", "/faults", "{\"fault\":\"" + "x".repeat(70_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(send("PATCH", "/faults", "{}").statusCode()).isEqualTo(405);
        assertThat(send("PUT", "/faults/no%20name", "{}").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/elsewhere", "").statusCode()).isEqualTo(404);
    }

    @Test
    void rejectsFillingALargeDisk() throws Exception {
        if (Files.getFileStore(folder).getTotalSpace() > 2L << 30) {
            HttpResponse<String> answer = send("POST", "/faults", "{\"fault\":\"full-disk\",\"process\":\"sleeper\"}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("small file system");
        }
    }

    private String state() throws IOException {
        String status =
                Files.readString(Path.of("/proc", Long.toString(process.pid().orElseThrow()), "stat"));
        return status.substring(status.lastIndexOf(')') + 2, status.lastIndexOf(')') + 3);
    }

    private static Duration roundTrip(Socket socket) throws IOException {
        long beganNanos = System.nanoTime();
        socket.getOutputStream().write(1);
        assertThat(socket.getInputStream().read()).isEqualTo(1);
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + control.port() + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void echo() {
        while (!target.isClosed()) {
            try {
                Socket socket = target.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (IOException e) {
                        // the client has closed the connection
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }
}
