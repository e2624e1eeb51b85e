package io.orderly.lab.fault.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderly.lab.fault.Effect;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjectionException;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.InjectedFault;
import io.orderly.lab.fault.control.FaultReader.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP interface to inject and heal faults, on the loopback interface only. */
public final class ControlServer implements AutoCloseable {

    private static final String PATH = "/faults";
    private static final int LARGEST_BODY_BYTES = 64 << 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,60}");

    private final HttpServer server;
    private final FaultInjector faults;

    private ControlServer(HttpServer server, FaultInjector faults) {
        this.server = server;
        this.faults = faults;
    }

    /**
     * @param processes the processes that faults can affect
     * @param links the links that faults can affect
     * @param faults the active faults
     */
    private record Overview(List<String> processes, List<String> links, List<View> faults) {}

    private record View(String id, Fault fault, Instant since, Effect effect) {

        static View of(InjectedFault injected) {
            return new View(injected.id(), injected.fault(), injected.since(), injected.verifyTookEffect());
        }
    }

    /**
     * Starts the server.
     *
     * @param port 0 for any free port
     * @throws IOException if the port is in use
     */
    public static ControlServer start(int port, FaultInjector faults) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var control = new ControlServer(server, faults);
        server.createContext("/", control::answer);
        server.start();
        return control;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ControlResponse answer;
            try {
                answer = answerTo(exchange);
            } catch (FaultInjectionException e) {
                answer = e.field() == null
                        ? ControlResponse.problem(
                                409, "Conflict with the current state", String.valueOf(e.getMessage()))
                        : ControlResponse.invalid(e.field(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                answer = ControlResponse.problem(500, "Failure", e.toString());
            }
            exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
            if (answer.body() == null) {
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                byte[] body = JsonMapper.shared().writeValueAsBytes(answer.body());
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private ControlResponse answerTo(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(PATH)) {
            return switch (exchange.getRequestMethod()) {
                case "GET" -> ControlResponse.ok(overview());
                case "POST" -> read(exchange, fault -> ControlResponse.created(View.of(faults.inject(fault))));
                case "DELETE" -> {
                    faults.healAll();
                    yield ControlResponse.NO_CONTENT;
                }
                default -> ControlResponse.problem(405, "Method not allowed", "supported are GET, POST and DELETE");
            };
        }
        if (!path.startsWith(PATH + "/")) {
            return ControlResponse.problem(404, "Not found", "the only resource is " + PATH);
        }
        String name = path.substring(PATH.length() + 1);
        if (!NAME.matcher(name).matches()) {
            return ControlResponse.invalid(
                    "name", "must consist of at most 60 letters, digits, dots, dashes and underscores");
        }
        return switch (exchange.getRequestMethod()) {
            case "GET" ->
                faults.find(name).map(View::of).map(ControlResponse::ok).orElseGet(ControlServer::notFound);
            case "PUT" -> read(exchange, fault -> ControlResponse.ok(View.of(faults.inject(name, fault))));
            case "DELETE" ->
                faults.find(name)
                        .map(injected -> {
                            injected.heal();
                            return ControlResponse.NO_CONTENT;
                        })
                        .orElseGet(ControlServer::notFound);
            default -> ControlResponse.problem(405, "Method not allowed", "supported are GET, PUT and DELETE");
        };
    }

    private Overview overview() {
        return new Overview(
                faults.processes(),
                faults.links(),
                faults.active().stream().map(View::of).toList());
    }

    private static ControlResponse read(HttpExchange exchange, Function<Fault, ControlResponse> then)
            throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES + 1);
        if (body.length > LARGEST_BODY_BYTES) {
            return ControlResponse.problem(413, "Body too large", "the limit is " + LARGEST_BODY_BYTES + " bytes");
        }
        JsonNode json;
        try {
            json = FaultReader.parse(body);
        } catch (JacksonException e) {
            return ControlResponse.problem(
                    400, "Malformed body", "the body is not valid JSON: " + e.getOriginalMessage());
        }
        if (!json.isObject()) {
            return ControlResponse.problem(400, "Malformed body", "the body must be a JSON object");
        }
        return switch (FaultReader.read(json)) {
            case Reading.Read(Fault fault) -> then.apply(fault);
            case Reading.Invalid(String field, String what) -> ControlResponse.invalid(field, what);
        };
    }

    private static ControlResponse notFound() {
        return ControlResponse.problem(404, "Not found", "no active fault has this name");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
