package io.orderly.antipatterns;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A stub of a participant in distributed transactions, which records the requests that it receives. */
public final class StubParticipantServer {

    /** The failure that the stub simulates. */
    public enum FailureMode {
        NONE,
        DECLINES,
        PREPARES_AND_LOSES_THE_VOTE,
        IS_AWAY_AT_PREPARE,
        IS_AWAY_AT_THE_VERDICT,
        HAS_NO_RECORD_OF_THE_BRANCH,
        HAS_NO_SUCH_ENDPOINT
    }

    private static final String PATH = "/anti-patterns/distributed-transaction/branches";

    private final HttpServer server;
    private final Map<String, String> branches = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> bodies = new ConcurrentLinkedQueue<>();
    private volatile FailureMode failureMode = FailureMode.NONE;

    private StubParticipantServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(PATH, this::answer);
        server.start();
    }

    public static StubParticipantServer start() {
        try {
            return new StubParticipantServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Adds another endpoint. */
    public void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    public void simulate(FailureMode next) {
        failureMode = next;
    }

    /** The state of the branch: PREPARED, COMMITTED or ROLLED_BACK; NONE if there is none. */
    public String branchOf(String transaction) {
        return branches.getOrDefault(transaction, "NONE");
    }

    /** The states of all branches by transaction. */
    public Map<String, String> branches() {
        return Map.copyOf(branches);
    }

    public List<String> bodies() {
        return new ArrayList<>(bodies);
    }

    public void clear() {
        branches.clear();
        bodies.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path =
                    exchange.getRequestURI().getPath().substring(PATH.length()).split("/");
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (path.length < 2) {
                send(exchange, 200, inDoubt());
            } else if (path.length == 2) {
                prepare(exchange, path[1], new String(body, StandardCharsets.UTF_8));
            } else if (failureMode == FailureMode.IS_AWAY_AT_THE_VERDICT) {
                send(exchange, 503, "{}");
            } else if (failureMode == FailureMode.HAS_NO_RECORD_OF_THE_BRANCH) {
                send(exchange, 404, "{\"type\":\"/problems/unknown-branch\",\"status\":404}");
            } else if (failureMode == FailureMode.HAS_NO_SUCH_ENDPOINT) {
                send(exchange, 404, "{\"type\":\"/problems/not-found\",\"status\":404}");
            } else {
                branches.put(path[1], path[2].equals("commit") ? "COMMITTED" : "ROLLED_BACK");
                exchange.sendResponseHeaders(204, -1);
            }
        }
    }

    private void prepare(HttpExchange exchange, String transaction, String body) throws IOException {
        bodies.add(body);
        switch (failureMode) {
            case DECLINES ->
                send(exchange, 200, "{\"vote\":\"DECLINED\",\"reason\":\"OUT_OF_STOCK\",\"detail\":\"nothing left\"}");
            case IS_AWAY_AT_PREPARE -> send(exchange, 503, "{}");
            case PREPARES_AND_LOSES_THE_VOTE -> {
                branches.put(transaction, "PREPARED");
                send(exchange, 503, "{}");
            }
            case NONE, IS_AWAY_AT_THE_VERDICT, HAS_NO_RECORD_OF_THE_BRANCH, HAS_NO_SUCH_ENDPOINT -> {
                branches.put(transaction, "PREPARED");
                send(exchange, 200, "{\"vote\":\"PREPARED\"}");
            }
        }
    }

    private String inDoubt() {
        return branches.entrySet().stream()
                .filter(branch -> branch.getValue().equals("PREPARED"))
                .map(branch -> """
                        {"transaction":"%s","kind":"PREPARED","since":"2026-01-01T00:00:00Z","ageMillis":1,
                         "locks":[{"on":"stock","mode":"RowExclusiveLock"}],"waiting":0}""".formatted(branch.getKey()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
