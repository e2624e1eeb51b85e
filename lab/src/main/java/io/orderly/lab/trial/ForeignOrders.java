package io.orderly.lab.trial;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.Printable;
import io.orderly.lab.load.OrderApi;
import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.OrderResponse;
import io.orderly.lab.load.OrderScenario;
import io.orderly.lab.load.OutcomeSource;
import io.orderly.lab.load.PlannedOrder;
import io.orderly.lab.load.PlannedOrders;
import io.orderly.lab.load.RequestTarget;
import io.orderly.lab.trial.ForeignSystem.Ending;
import io.orderly.lab.trial.ForeignSystem.Placement;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Places orders at a foreign system, and asks for each acknowledged one until it has ended. An order that ends rightly is
 * {@link OrderOutcome#CONFIRMED} for the load generator, and one that ends wrongly {@link OrderOutcome#REJECTED}. Thread-safe.
 */
final class ForeignOrders implements PlannedOrders, RequestTarget, OutcomeSource {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_LENGTH = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final ExecutorService watches = Executors.newVirtualThreadPerTaskExecutor();
    private final Placement placement;
    private final Ending ending;
    private final String run;
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private volatile Listener listener = (_, _, _) -> {};
    private volatile @Nullable String problem;

    /** An order whose acknowledgement has arrived. */
    private static final class Acknowledged {

        private final String key;
        private final String id;
        private final Instant at = Instant.now();
        private final long atNanos = System.nanoTime();
        private volatile String lastSeen = "no response";
        private volatile boolean ended;

        Acknowledged(String key, String id) {
            this.key = key;
            this.id = id;
        }
    }

    /** @param run the prefix of the keys of orders, which must be unique on a system */
    ForeignOrders(Placement placement, Ending ending, String run) {
        this.placement = placement;
        this.ending = ending;
        this.run = run;
    }

    @Override
    public PlannedOrder order(long number) {
        String key = "%s-%06d".formatted(run, number);
        byte[] body = placement.body().with(values(key)).text().getBytes(StandardCharsets.UTF_8);
        return new PlannedOrder(key, OrderScenario.ORDINARY, body, Duration.ZERO, number);
    }

    @Override
    public OrderResponse send(PlannedOrder order) throws IOException, InterruptedException {
        Map<String, String> values = values(order.key());
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(placement.address().with(values).text()))
                .timeout(CALL_TIMEOUT)
                .header("Content-Type", "application/json")
                .method(placement.method().name(), BodyPublishers.ofByteArray(order.body()));
        placement
                .headers()
                .forEach((name, value) ->
                        request.setHeader(name, value.with(values).text()));
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        int status = response.statusCode();
        if (status / 100 != 2) {
            return new OrderResponse(status, null, null, OrderApi.retryAfter(response));
        }
        // the id by which the load generator knows it; that of the foreign system may be anything
        var id = new OrderId(UUID.nameUUIDFromBytes(order.key().getBytes(StandardCharsets.UTF_8)));
        var accepted = new Acknowledged(order.key(), idIn(response));
        acknowledged.add(accepted);
        watches.execute(() -> watch(id, accepted));
        return new OrderResponse(status, id);
    }

    @Override
    public void follow(Listener listener) {
        this.listener = listener;
    }

    /** The acknowledged orders that have not ended, in the order of their acknowledgements. */
    List<String> unended() {
        return acknowledged.stream()
                .filter(order -> !order.ended)
                .map(order -> "order %s with the key %s, acknowledged at %s; last response: %s"
                        .formatted(order.id, order.key, order.at, order.lastSeen))
                .toList();
    }

    /** How long ago the last of the acknowledged orders that have not ended was acknowledged; about zero if all have ended. */
    Duration sinceLastUnended() {
        return Duration.ofNanos(System.nanoTime()
                - acknowledged.stream()
                        .filter(order -> !order.ended)
                        .mapToLong(order -> order.atNanos)
                        .max()
                        .orElse(System.nanoTime()));
    }

    /** What was unexpected in a response; null if nothing was. */
    @Nullable String problem() {
        return problem;
    }

    @Override
    public void close() {
        watches.shutdownNow();
        http.shutdownNow();
    }

    private void watch(OrderId id, Acknowledged order) {
        Map<String, String> values = values(order.key);
        values.put(
                "order.id", URLEncoder.encode(order.id, StandardCharsets.UTF_8).replace("+", "%20"));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(ending.address().with(values).text()))
                .timeout(CALL_TIMEOUT)
                .build();
        try {
            while (!order.ended) {
                OrderOutcome outcome = outcomeOf(order, request);
                if (outcome == null) {
                    Thread.sleep(ending.every());
                } else {
                    order.ended = true;
                    listener.ended(id, outcome, System.nanoTime());
                }
            }
        } catch (InterruptedException closed) {
            // the run is over
        }
    }

    /** @return null if it has not ended as far as the response shows */
    private @Nullable OrderOutcome outcomeOf(Acknowledged order, HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            order.lastSeen = "%d %s".formatted(response.statusCode(), Printable.of(response.body(), MAX_LENGTH));
            String state = response.statusCode() / 100 == 2 ? text(response.body(), ending.field()) : "";
            return ending.right().contains(state)
                    ? OrderOutcome.CONFIRMED
                    : ending.wrong().contains(state) ? OrderOutcome.REJECTED : null;
        } catch (IOException e) {
            order.lastSeen = e.toString();
            return null;
        }
    }

    private String idIn(HttpResponse<String> response) throws IOException {
        String id = placement.id() == null
                ? lastPart(response.headers().firstValue("Location").orElse(""))
                : text(response.body(), placement.id());
        if (id.isEmpty()) {
            problem = "a response to an order had no id: %d %s"
                    .formatted(response.statusCode(), Printable.of(response.body(), MAX_LENGTH));
            throw new IOException(problem);
        }
        return id;
    }

    private static String lastPart(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** The value of a field, whose path is separated by dots; empty if there is none. */
    private static String text(String body, String field) {
        try {
            JsonNode node = JSON.readTree(body);
            for (String name : field.split("\\.")) {
                node = node.path(name);
            }
            return node.asString("");
        } catch (JacksonException e) {
            return "";
        }
    }

    private Map<String, String> values(String key) {
        Map<String, String> values = new HashMap<>();
        values.put(Template.NUMBER, Long.toString(Long.parseLong(key.substring(run.length() + 1))));
        values.put("order.key", key);
        return values;
    }
}
