package io.orderly.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Answers as services, coordinators and the launcher do, at one port. */
final class StubSystem implements AutoCloseable {

    /** A request of the console to a service. */
    record Request(String path, String key, String body) {}

    private final HttpServer server;
    private final List<Request> posts = new CopyOnWriteArrayList<>();
    private final List<String> parked = new CopyOnWriteArrayList<>();
    private final List<String> letters = new CopyOnWriteArrayList<>();
    private final Map<String, String> faults = new ConcurrentSkipListMap<>();
    private volatile int status = 202;
    private volatile String answer = "{}";
    private volatile String saga = "null";
    private volatile boolean onlyPatterns;
    private volatile int waiting = 3;

    StubSystem() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/actuator/health", exchange -> send(exchange, 200, "application/json", "{\"status\":\"UP\"}"));
        server.createContext("/health", exchange -> send(exchange, 200, "application/json", "{\"status\":\"UP\"}"));
        server.createContext("/actuator/prometheus", exchange -> send(exchange, 200, "text/plain", """
                # HELP orderly_outbox_depth messages in the outbox that are not published yet
                # TYPE orderly_outbox_depth gauge
                orderly_outbox_depth 1234.0
                orderly_deadletters 2.0
                resilience4j_circuitbreaker_state{group="none",name="provider",state="closed"} 0.0
                resilience4j_circuitbreaker_state{group="none",name="provider",state="half_open"} 1.0
                """));
        server.createContext("/actuator/members", exchange -> send(exchange, 200, "application/json", """
                {"self":"order-service-1","members":[
                {"id":"order-service-1","service":"order-service","state":"ALIVE","load":2,"url":"http://127.0.0.1:8080"},
                {"id":"inventory-service-1","service":"inventory-service","state":"ALIVE","load":0,"url":"http://127.0.0.1:8081"},
                {"id":"payment-service-1","service":"payment-service","state":"SUSPECT","load":0,"url":"http://127.0.0.1:8082"},
                {"id":"<img src=x onerror=window.hacked=1>","service":"shipping-service","state":"ALIVE","load":0,"url":"http://127.0.0.1:8083"}]}"""));
        server.createContext("/v1/cluster", exchange -> send(exchange, 200, "application/json", """
                {"id":"1f","member":2,"leader":2,"ballot":"4.2","commit":128,"applied":128,"lag":0,"watches":1234,"members":[],"alarms":[]}"""));
        server.createContext(
                "/sagas", exchange -> getOrPost(exchange, "{\"sagas\":[%s]}".formatted(String.join(",", parked))));
        server.createContext(
                "/orders/",
                exchange -> getOrPost(exchange, """
                {"status":"%s","saga":%s,"entries":[{"seq":4,"kind":"OPERATOR","message":"Park","at":"2026-11-30T10:00:00Z",
                "cause":{"reason":"BY_OPERATOR","detail":"bob: <img src=x onerror=window.hacked=1>"}}]}""".formatted(
                        exchange.getRequestURI().getPath().contains("000000000002") ? "REJECTED" : "CONFIRMED", saga)));
        server.createContext("/accounts", exchange -> send(exchange, 200, "application/json", """
                {"accounts":[{"customerId":"ada","balance":{"amount":"10.00","currency":"EUR"}}]}"""));
        server.createContext("/capacity", exchange -> send(exchange, 200, "application/json", """
                [{"region":"DE","day":"2026-12-01","slots":5,"booked":2}]"""));
        server.createContext(
                "/dead-letters",
                exchange -> getOrPost(exchange, "{\"deadLetters\":[%s]}".formatted(String.join(",", letters))));
        server.createContext(
                "/v1/leases",
                exchange -> send(
                        exchange,
                        200,
                        "application/json",
                        exchange.getRequestURI().getPath().equals("/v1/leases")
                                ? "{\"leases\":[\"1a2b\"],\"next\":null}"
                                : """
                                {"lease":"1a2b","ttlSeconds":30,"remainingSeconds":29,
                                "keys":["/partitions/order-service/leader/1a2b","<img src=x onerror=window.hacked=1>"]}"""));
        server.createContext("/v1/elections", exchange -> send(exchange, 200, "application/json", """
                {"name":"n","leader":{"lease":"1a2b","token":77,"value":"<img src=x onerror=window.hacked=1>"},"waiting":2}"""));
        server.createContext("/actuator/settings", exchange -> getOrPost(exchange, """
                {"settings":[{"name":"saga.longest-deadline","value":"5m","source":"STORED","revision":34,"configured":"1m",
                "range":"100ms to 24h","description":"<img src=x onerror=window.hacked=1>","invalid":null}],
                "history":[{"at":"2026-11-30T10:00:00Z","by":"<img src=x onerror=window.hacked=1>","from":"","to":"5m"}]}"""));
        for (String effects : List.of("/reservations", "/payments", "/shipments")) {
            server.createContext(
                    effects, exchange -> send(exchange, 200, "application/json", "{\"state\":\"<img src=x>\"}"));
        }
        server.createContext("/anti-patterns", this::antiPatterns);
        server.createContext("/faults", this::faults);
        server.createContext(
                "/crash-points",
                exchange -> send(exchange, 200, "application/json", "{\"crashPoints\":[\"before-batch-commit\"]}"));
        server.createContext("/", this::post);
        reset();
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> posts() {
        return posts;
    }

    /** Answers the next POST requests so. */
    void answer(int withStatus, String body) {
        status = withStatus;
        answer = body;
    }

    /** Shows each order with this saga. */
    void saga(String json) {
        saga = json;
    }

    /** As a new system is. */
    void reset() {
        saga = "null";
        onlyPatterns = false;
        waiting = 3;
        answer(202, "{}");
        faults.clear();
        parked.clear();
        letters.clear();
        parked.add(
                "{\"orderId\":\"01936f00-0000-7000-8000-0000000000aa\",\"customer\":\"<img src=x onerror=window.hacked=1>\","
                        + "\"state\":\"PARKED\",\"parked\":{\"reason\":\"DEAD_LETTERED\",\"detail\":\"poison\",\"since\":\"2026-11-30T10:00:00Z\"},"
                        + "\"awaiting\":{\"step\":\"CHARGE_PAYMENT\",\"attempt\":1},\"placedAt\":\"2026-11-30T10:00:00Z\"}");
    }

    /** Has dead letters with these ids, of the key of an order. */
    void deadLetters(String key, String... ids) {
        letters.clear();
        for (String id : ids) {
            letters.add("""
                    {"id":"%s","topic":"payment.commands","partition":1,"offset":7,"key":"%s","messageId":null,
                    "type":"<img src=x onerror=window.hacked=1>","cause":"<img src=x onerror=window.hacked=1>","behind":null,
                    "attempts":3,"parkedAt":"2026-11-30T10:00:00Z","traceId":null}""".formatted(id, key));
        }
    }

    /** Has a fault on from then on. */
    void inject(String fault, Instant since) {
        String id = "fault-" + (faults.size() + 1);
        faults.put(id, """
                {"id":"%s","fault":%s,"since":"%s","until":"%s",
                "effect":{"tookEffect":true,"seen":"<img src=x onerror=window.hacked=1>"}}""".formatted(id, fault, since, since.plusSeconds(600)));
    }

    private void faults(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "GET" -> send(exchange, 200, "application/json", """
                    {"processes":["kafka","order-service","payment-provider","coordinator-leader"],
                    "links":["order-service->kafka","<img src=x onerror=window.hacked=1>"],"faults":[%s]}""".formatted(String.join(",", faults.values())));
            case "POST" -> {
                String fault = body(exchange);
                posts.add(new Request(exchange.getRequestURI().toString(), "null", fault));
                if (status < 400) {
                    inject(fault, Instant.now());
                    send(exchange, 201, "application/json", "{}");
                } else {
                    send(exchange, status, "application/problem+json", answer);
                }
            }
            default -> {
                faults.remove(exchange.getRequestURI().getPath().replace("/faults/", ""));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            }
        }
    }

    /** Has a transaction in doubt, for which so many sessions wait. */
    void inDoubt(int sessions) {
        waiting = sessions;
    }

    /** Runs without anti-patterns. */
    void onlyPatterns() {
        onlyPatterns = true;
    }

    private void antiPatterns(HttpExchange exchange) throws IOException {
        if (onlyPatterns) {
            body(exchange);
            send(exchange, 404, "application/problem+json", "{}");
        } else {
            getOrPost(exchange, """
                    {"participants":[{"participant":"payment-service","inDoubt":[{"transaction":"a","kind":"PREPARED",
                    "ageMillis":7,"locks":[{"on":"accounts","mode":"ExclusiveLock"},{"on":"x","mode":"y"}],"waiting":%d}]},
                    {"participant":"<img src=x onerror=window.hacked=1>","inDoubt":null}],"unacknowledged":[]}""".formatted(waiting));
        }
    }

    private void getOrPost(HttpExchange exchange, String list) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, "application/json", list);
        } else {
            post(exchange);
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void post(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 404, "application/problem+json", "{}");
            return;
        }
        posts.add(new Request(
                exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
                body(exchange)));
        send(exchange, status, status < 400 ? "application/json" : "application/problem+json", answer);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
